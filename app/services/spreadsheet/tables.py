"""The headings of a table in a sheet: codes in one row, each above its column, wherever people moved them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.text import normalise_text
from app.services.spreadsheet.reader import Cell, Sheet, cell_name

ROWS_ABOVE = 50
"""So far down a sheet its headings are looked for."""

LONGEST_CODE = 40


@dataclass(frozen=True)
class Headings:
    """One row of headings."""

    row: int
    #: Code -> the columns that it heads, from the left; several where a column was copied.
    found: Mapping[str, Sequence[int]]

    @property
    def columns(self) -> Mapping[str, int]:
        """Code -> its column."""
        return {code: columns[0] for code, columns in self.found.items()}

    def missing(self, codes: Collection[str]) -> str:
        """Which of the codes head no column, with commas; "" where none is missing."""
        return ", ".join(code for code in codes if code not in self.found)

    def twice(self, codes: Collection[str]) -> str:
        """Which of the codes head several columns, each with its cells: "answer (D2, G2)"; "" where none does."""
        several = {code: self.found[code] for code in codes if len(self.found.get(code, ())) > 1}
        return ", ".join(
            f"{code} ({', '.join(cell_name(self.row, column) for column in columns)})"
            for code, columns in several.items()
        )


def headings(sheet: Sheet, codes: Collection[str]) -> tuple[Headings, ...]:
    """Return every row that holds at least two of the codes; none where the first is too far down for a heading."""
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
