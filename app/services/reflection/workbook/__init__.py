"""The whole reflection as a workbook, to fill in without a connection and load back.

layout     which columns, sheets and rows there are
write      the workbook of a reflection
values     what a cell means
read       its answers and its faults
load       what would change, and saving it
"""
