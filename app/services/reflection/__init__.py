"""A cluster's reflection: its answers, submissions and workbook."""
