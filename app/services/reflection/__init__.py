"""A cluster's reflection: its answers, submission and workbook."""
