"""The wording of a survey as a workbook that staff edit and import as a new edition.

layout     its sheets, rows and columns
writer     writes the workbook of a survey
reader     reads its content, and the cell of each text

`app.services.survey.commands` imports it.
"""
