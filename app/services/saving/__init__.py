"""Stashed forms: forms that arrived after their session had ended."""
