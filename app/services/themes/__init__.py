"""Coding of free text into themes, and quotes."""
