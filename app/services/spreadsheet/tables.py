"""Find the heading row of a table in a sheet by the codes in it, in any order of columns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.text import normalise_text
from app.services.spreadsheet.reader import Cell, Sheet, cell_name

ROWS_ABOVE = 50
"""The number of rows at the top of a sheet in which headings are searched."""

LONGEST_CODE = 40


@dataclass(frozen=True)
class Headings:
    """One heading row."""

    row: int
    #: Code -> its column numbers, from the left; more than one if a column was copied.
    found: Mapping[str, Sequence[int]]

    @property
    def columns(self) -> Mapping[str, int]:
        """Code -> its first column number."""
        return {code: columns[0] for code, columns in self.found.items()}

    def missing(self, codes: Collection[str]) -> str:
        """Return those of the codes that have no column, joined by commas."""
        return ", ".join(code for code in codes if code not in self.found)

    def twice(self, codes: Collection[str]) -> str:
        """Return those of the codes that have several columns, with their cells: "answer (D2, G2)"; "" if none."""
        several = {code: self.found[code] for code in codes if len(self.found.get(code, ())) > 1}
        return ", ".join(
            f"{code} ({', '.join(cell_name(self.row, column) for column in columns)})"
            for code, columns in several.items()
        )


def headings(sheet: Sheet, codes: Collection[str]) -> tuple[Headings, ...]:
    """Return every row with at least two of the codes; none if the first is below the first ROWS_ABOVE rows."""
    rows = (Headings(row, _found(cells, codes)) for row, cells in sorted(sheet.rows.items()))
    heads = tuple(each for each in rows if len(each.found) > 1)
    return heads if heads and heads[0].row in sorted(sheet.rows)[:ROWS_ABOVE] else ()


def _found(cells: Mapping[int, Cell], codes: Collection[str]) -> Mapping[str, Sequence[int]]:
    heads: dict[str, list[int]] = {}
    for column, cell in sorted(cells.items()):
        code = normalise_text(cell.text[:LONGEST_CODE]).casefold()
        if code in codes:
            heads.setdefault(code, []).append(column)
    return heads
