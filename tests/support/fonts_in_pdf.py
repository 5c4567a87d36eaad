"""Read the data files of a report and compare them."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl

from reports.export.columns import COLUMNS, lines
from reports.export.csv_format import to_csv
from reports.export.json_format import to_json
from reports.export.xlsx_format import to_xlsx


def assert_faces_agree(report, language: str) -> None:
    """Assert that CSV, XLSX and JSON agree with the data rows of a report."""
    said = list(lines(report, language))
    assert [list(each.values()) for each in read_csv(to_csv(report, language))] == [_as_text(line) for line in said]
    assert json.loads(to_json(report, language))["data"] == [dict(zip(COLUMNS, line, strict=True)) for line in said]
    heads, *cells = read_sheet(to_xlsx(report, language), "Data")
    assert heads == COLUMNS
    for row, line in zip(cells, said, strict=True):
        shown = [None if cell == "" else cell for cell in line]
        assert list(row) == [cell.replace("\ufffe", "\ufffd") if isinstance(cell, str) else cell for cell in shown]


def read_csv(file: bytes) -> list[dict]:
    """Return the rows with their texts as typed, without the apostrophe that protects formulas."""

    def undone(cell: str) -> str:
        return cell.removeprefix("'")

    rows = csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""), strict=True)
    return [{column: undone(cell) for column, cell in row.items()} for row in rows]


def read_sheet(file: bytes, title: str) -> list[tuple]:
    """Return the rows of a sheet, headings first."""
    sheet = openpyxl.load_workbook(BytesIO(file))[title]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), "text is never a formula"
    return list(sheet.iter_rows(values_only=True))


def _as_text(line) -> list[str]:
    return ["" if cell is None else str(cell) for cell in line]
