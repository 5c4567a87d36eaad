"""Rules of signing in: links, addresses."""
