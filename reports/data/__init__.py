"""Report data as rows, one for each figure or passage, for CSV, XLSX and JSON."""
