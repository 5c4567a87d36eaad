"""Workbooks (.xlsx), whatever they are about.

safe_unzip     unpacks a file that was sent, within limits
reader         its cells
table_reader   the table in a sheet, found by the codes above its columns, and what is wrong with those
table_writer   a table with its headings and rows
styles         the styles of those that are written
"""
