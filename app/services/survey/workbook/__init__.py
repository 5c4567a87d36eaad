"""The wording of a survey as a workbook that staff edit and load back, which makes a new edition of its definition.

layout     which sheets, rows and columns there are
write      the workbook of a survey
read       what a workbook says, and the cell of each text
load       the definition that it makes
"""
