"""The report of a health board: content and data rows."""
