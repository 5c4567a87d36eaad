"""From HTML to a tagged PDF, in processes of their own."""
