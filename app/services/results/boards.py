"""The report of a health board."""
