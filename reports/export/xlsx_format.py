"""The data of a report as a workbook (.xlsx): the sheets Data, Dictionary and About."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.data.data_row import Value
from reports.data.dictionary import HEADERS, dictionary
from reports.export import about
from reports.export.columns import COLUMNS, lines
from reports.export.csv_format import is_like_a_formula
from reports.kinds import ReportWithData
from reports.layout.colours import COLOURS

LONGEST = 32_767
"""The most characters in a cell."""

NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Characters that XML cannot contain and that XLSX cannot escape."""

UNKNOWN = "\ufffd"
WIDTHS = {"snapshot": 12, "value": 24, "meaning": 90, "source": 40}
NARROW, WIDE = 14, 36


def to_xlsx(report: ReportWithData, language: str) -> bytes:
    """Return the data of a report with names in one language; the same report gives the same bytes."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _day_of(report)})
        writer = _XlsxWriter(book)
        writer.sheet("Data", COLUMNS, lines(report, language))
        writer.sheet("Dictionary", HEADERS, dictionary(language))
        writer.sheet("About", ("code", "label", "value"), about.said(report, language))
    return file.getvalue()


def _day_of(report: ReportWithData) -> datetime:
    """Return a date for the file that depends on the report only: publication, or the first day of its year."""
    day = report.imprint.published_on
    return datetime(day.year, day.month, day.day) if day else datetime(report.imprint.year, 1, 1)  # noqa: DTZ001 - no clock


class _XlsxWriter:
    """Writes sheets of plain cells with a frozen, filterable header row."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "font_color": COLOURS["surface"], "bg_color": COLOURS["brand"]})
        # For a text that a program could take for a formula when somebody edits it.
        self.quoted = book.add_format({"quote_prefix": True})

    def sheet(self, title: str, headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Write one sheet with these columns and rows."""
        sheet = self.book.add_worksheet(title)
        for column, code in enumerate(headers):
            sheet.write_string(0, column, code, self.head)
            sheet.set_column(column, column, WIDTHS.get(code, WIDE if "label" in code else NARROW))
        last = 0
        for last, row in enumerate(rows, 1):
            self._row(sheet, last, row)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(headers) - 1)

    def _row(self, sheet: Worksheet, number: int, row: Sequence[Value]) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                self._text(sheet, number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)

    def _text(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        if len(text) > LONGEST:
            raise ValueError(f"a text of {len(text)} characters is too long for a cell")
        style: Any = self.quoted if is_like_a_formula(text) else None
        if text:
            sheet.write_string(row, column, NO_CHARACTERS.sub(UNKNOWN, text), style)
