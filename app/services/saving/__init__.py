"""Forms that arrived after their session had ended."""
