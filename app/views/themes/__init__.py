"""Themes, coding of free text, quotes."""
