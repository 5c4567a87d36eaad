"""Signing in: links by e-mail."""
