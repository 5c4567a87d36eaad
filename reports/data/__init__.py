"""The data of the reports: every figure and every passage as a row, for CSV, workbook and JSON alike."""
