"""Coding of free text by themes, and quotes."""
