"""Write a table to a sheet: headings, below them the codes by which readers find columns, then the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.services.spreadsheet.styles import height, of_answer


@dataclass(frozen=True)
class TableColumn:
    """A column: its code, its heading for people, and its width in characters."""

    code: str
    heading: str
    width: int


@dataclass(frozen=True)
class TableCell:
    """A cell, and a text to measure the height of its row by, if not its own."""

    value: str | int | None
    style: str
    measured: str | None = None


def answer_cell(text: str) -> TableCell:
    """Return a cell with a text that people may change."""
    return TableCell(text, of_answer(text))


class TableWriter:
    """Writes one table, row by row."""

    def __init__(
        self, sheet: Worksheet, styles: Mapping[str, Format], columns: Sequence[TableColumn], *, frozen: int = 0
    ) -> None:
        """Write the headings; they and the first `frozen` columns stay visible when scrolling."""
        self.sheet, self.styles, self.columns = sheet, styles, columns
        self.row = 2
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.heading, styles["head"])
            sheet.write_string(1, number, column.code, styles["code"])
        if any("\n" in column.heading for column in columns):
            sheet.set_row(0, height("words", *((column.heading, column.width) for column in columns)))
        sheet.freeze_panes(2, frozen)

    def write_row(self, *cells: TableCell) -> None:
        """Write the next row, as tall as its texts; codes are short, so they are not measured."""
        for number, cell in enumerate(cells):
            write = self.sheet.write_string if isinstance(cell.value, str) else self.sheet.write
            write(self.row, number, cell.value, self.styles[cell.style])
        texts = (
            (str(cell.value) if cell.measured is None else cell.measured, column.width)
            for cell, column in zip(cells, self.columns, strict=False)
            if cell.style != "code"
        )
        self.sheet.set_row(self.row, height("words", *texts))
        self.row += 1

    def offer(self, column: int, choice: Mapping[str, Any]) -> None:
        """Add a list to choose from to a cell of the last row; `choice`: the options of xlsxwriter."""
        row = self.row - 1
        self.sheet.data_validation(row, column, row, column, dict(choice))

    def write_lines(self, column: int, *lines: tuple[str, str]) -> None:
        """Write lines of text between the rows, each with its style, one below another in one column."""
        for style, line in lines:
            self.sheet.write_string(self.row, column, line, self.styles[style])
            self.sheet.set_row(self.row, height(style, (line, self.columns[column].width)))
            self.row += 1
