"""Reading and styling of .xlsx files, whatever they are about.

safe_unzip   unpacks an uploaded file, within limits
reader       reads its cells
tables       finds the heading row of a table
styles       the styles of the workbooks that we write
"""
