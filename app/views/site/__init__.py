"""Pages about the service itself, open to everyone, and the start page."""
