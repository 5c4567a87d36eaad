"""A reflection as a workbook, to fill in offline and upload.

layout        its columns, sheets and rows
guide         its first sheet
writer        writes the workbook of a reflection
cell_values   parses cells
reader        reads answers and faults from a workbook

`app.services.reflection.commands` compares and saves it.
"""
