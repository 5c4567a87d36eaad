"""Changes to a wording workbook, for tests of `survey import`."""

from pathlib import Path

from surveys.loader import DEFINITIONS, load_survey

ACD = load_survey(DEFINITIONS / "acd.yaml")


def all_of(*changes):
    """Combine several changes into one."""

    def change(book) -> None:
        for each in changes:
            each(book)

    return change


def outcome_cell(book, code: str, column: str):
    """Return the cell of an outcome in the column with this code."""
    sheet = book.worksheets[1]
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == code)
    return sheet.cell(row, next(cell.column for cell in sheet[2] if cell.value == column))


def whole_cell(book, part: str, language: str = "en"):
    """Return the cell of a part of the survey itself."""
    sheet = book.worksheets[0]
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == part)
    return sheet.cell(row, {"en": 3, "cy": 4}[language])


def says(code: str, column: str, value: object, **looks: object):
    """Return a change that sets a text of an outcome."""

    def change(book) -> None:
        cell = outcome_cell(book, code, column)
        cell.value = value
        for name, look in looks.items():
            setattr(cell, name, look)

    return change


def whole(part: str, value: object, language: str = "en"):
    """Return a change that sets a part of the survey itself."""
    return lambda book: setattr(whole_cell(book, part, language), "value", value)


RAISED = whole("edition", "2026.2")
OFFICIAL = (whole("status", "Official"), whole("source", "Approved."), whole("source", "Cymeradwywyd.", "cy"))


def definitions(folder: Path) -> Path:
    """Return a copy of the definitions that a test can change."""
    folder.mkdir()
    for file in DEFINITIONS.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder
