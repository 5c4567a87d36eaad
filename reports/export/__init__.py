"""The data files: CSV, XLSX and JSON with their dictionary."""
