"""Read a table from a sheet, by the codes in its heading row, in any order of columns."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.spreadsheet.workbook_fault import WorkbookFault
from app.domain.text import normalise_text
from app.services.spreadsheet.reader import Cell, Sheet, cell_name

ROWS_ABOVE = 50
"""The number of rows at the top of a sheet in which headings are searched."""

LONGEST_CODE = 40


@dataclass(frozen=True)
class TableRow:
    """One row of a table."""

    table: "Table"
    number: int

    def cell(self, column: str) -> Cell | None:
        """Return the cell in the column with this code, or None if it is empty."""
        return self.table.sheet.rows[self.number].get(self.table.columns[column])

    def name(self, column: str) -> str:
        """Return the name of that cell, such as D12."""
        return cell_name(self.number, self.table.columns[column])

    def fault(self, reason: str, column: str, said: str = "") -> WorkbookFault:
        """Return a fault at that cell."""
        return WorkbookFault(reason, self.table.sheet.title, self.name(column), said)

    def is_merged(self, column: str) -> bool:
        """Return whether that cell is part of a merged range."""
        return self.table.sheet.is_merged(self.number, self.table.columns[column])


@dataclass(frozen=True)
class Table:
    """The table of one sheet. If it has `faults`, its columns are not known, so read no rows."""

    sheet: Sheet
    heading: int
    #: Code -> its column number.
    columns: Mapping[str, int]
    faults: Sequence[WorkbookFault] = field(default=())

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows below the headings that are not empty in all columns."""
        for row, cells in sorted(self.sheet.rows.items()):
            if row > self.heading and any(column in cells for column in self.columns.values()):
                yield TableRow(self, row)


def read_table(sheet: Sheet, codes: Collection[str], needed: Collection[str]) -> Table | None:
    """Return the table below the first row with at least two of the codes; None if it is too far down or missing.

    Faults are each code of `needed` without a column or with several, and each further heading row.
    """
    heads = [(row, found) for row, cells in sorted(sheet.rows.items()) if len(found := _found(cells, codes)) > 1]
    if not heads or heads[0][0] not in sorted(sheet.rows)[:ROWS_ABOVE]:
        return None
    (heading, found), *others = heads
    missing = ", ".join(code for code in needed if code not in found)
    twice = ", ".join(_twice(code, heading, found[code]) for code in needed if len(found.get(code, ())) > 1)
    told = [(heading, reason, said) for reason, said in (("missing_heading", missing), ("two_columns", twice)) if said]
    told += [(row, "two_headings", "") for row, _found in others]
    faults = tuple(WorkbookFault(reason, sheet.title, cell_name(row, 1), said) for row, reason, said in told)
    return Table(sheet, heading, {code: columns[0] for code, columns in found.items()}, faults)


def _twice(code: str, row: int, columns: Sequence[int]) -> str:
    """Return a code with the cells that hold it: "answer (D2, G2)"."""
    return f"{code} ({', '.join(cell_name(row, column) for column in columns)})"


def _found(cells: Mapping[int, Cell], codes: Collection[str]) -> Mapping[str, Sequence[int]]:
    """Return code -> its column numbers, from the left; more than one if a column was copied."""
    heads: dict[str, list[int]] = {}
    for column, cell in sorted(cells.items()):
        code = normalise_text(cell.text[:LONGEST_CODE]).casefold()
        if code in codes:
            heads.setdefault(code, []).append(column)
    return heads
