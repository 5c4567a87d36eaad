"""Reads a table out of a sheet: codes in one row, each above its column, wherever people moved them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.spreadsheet.workbook_fault import WorkbookFault
from app.domain.text import normalise_text
from app.services.spreadsheet.reader import Cell, Sheet, cell_name

ROWS_ABOVE = 50
"""So far down a sheet its headings are looked for."""

LONGEST_CODE = 40


@dataclass(frozen=True)
class TableRow:
    """One row of a table; a cell that holds nothing is None."""

    table: "Table"
    number: int

    def cell(self, column: str) -> Cell | None:
        """The cell in the column with this code."""
        return self.table.sheet.rows[self.number].get(self.table.columns[column])

    def name(self, column: str) -> str:
        """That cell as people call it, such as D12."""
        return cell_name(self.number, self.table.columns[column])

    def fault(self, reason: str, column: str, said: str = "") -> WorkbookFault:
        """What is wrong with that cell."""
        return WorkbookFault(reason, self.table.sheet.title, self.name(column), said)

    def is_merged(self, column: str) -> bool:
        """Whether that cell is part of a merged range."""
        return self.table.sheet.is_merged(self.number, self.table.columns[column])


@dataclass(frozen=True)
class Table:
    """One sheet in which headings were found. With `faults` its columns are not known, and no row is to be read."""

    sheet: Sheet
    heading: int
    #: Code -> its column.
    columns: Mapping[str, int]
    faults: Sequence[WorkbookFault] = field(default=())

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows below the headings that hold anything in one of the columns."""
        for row, cells in sorted(self.sheet.rows.items()):
            if row > self.heading and any(column in cells for column in self.columns.values()):
                yield TableRow(self, row)


def read_table(sheet: Sheet, codes: Collection[str], needed: Collection[str]) -> Table | None:
    """The table whose first row with at least two of the codes heads it; None where that is too far down, or nowhere.

    Its faults: a code of `needed` that heads no column or several, and every further row of headings.
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
    """Code -> the columns that it heads, from the left; several where a column was copied."""
    heads: dict[str, list[int]] = {}
    for column, cell in sorted(cells.items()):
        code = normalise_text(cell.text[:LONGEST_CODE]).casefold()
        if code in codes:
            heads.setdefault(code, []).append(column)
    return heads
