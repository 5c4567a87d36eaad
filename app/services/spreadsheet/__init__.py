"""Reading and styling of .xlsx files, whatever they are about.

safe_unzip     unpacks an uploaded file, within limits
reader         reads its cells
table_reader   finds a table in a sheet by the codes in its heading row, and faults in that row
table_writer   writes a table with its headings and rows
styles         the styles of the workbooks that we write
"""
