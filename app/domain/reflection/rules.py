"""The numbers of a reflection: the longest text, the largest workbook."""

LONGEST_TEXT = 10_000
"""Characters that one box takes: some 1,600 words, four printed pages."""
