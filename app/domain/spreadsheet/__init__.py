"""What reading a workbook can find, whatever the workbook is about."""
