"""Limits of a reflection: the longest text, the largest workbook."""

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes; the fullest reflection makes a workbook of some 2 MB."""

LONGEST_TEXT = 10_000
"""Characters in one text: about 1,600 words or four printed pages."""
