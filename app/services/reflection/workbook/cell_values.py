"""Parse the cells of a workbook: texts, whole numbers, and codes or their labels in either language."""

import math
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from surveys.schema import LANGUAGES, BilingualText, Item, Kind, Question

from app.domain.reflection.answer_fields import YES
from app.domain.reflection.rules import LONGEST_TEXT
from app.domain.text import cleaned_line, normalise_text
from app.services.spreadsheet.reader import Cell, CellKind

QUOTED_AT_MOST = 64
"""Characters of a cell that are quoted in a fault; enough for the hash of the wording."""

TICKS = frozenset({"x", "✓", "✔", "1", "true", "y", "i", "oes", "ydy", "ydyn", "do"})
CROSSES = frozenset({"0", "false", "n", "-", "nac oes", "nac ydy", "naddo"})
"""What people type for yes and no instead of choosing from the list."""

REFUSED = {
    CellKind.FORMULA: "formula",
    CellKind.ERROR: "error_value",
    CellKind.FORMATTED: "formatted",
    CellKind.BOOLEAN: "formatted",
}


class UnreadableCell(Exception):
    """A cell that does not hold an answer; `app/messages` has a sentence for each `reason`."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.reason, self.said = reason, quoted(said)


def quoted(text: str) -> str:
    """Return the content of a cell, shortened and printable, to compare with a code or to show in a fault."""
    return normalise_text(text[: 4 * QUOTED_AT_MOST])[:QUOTED_AT_MOST]


def words(cell: Cell | None) -> str:
    """Return the text of a cell, normalised; a plain number as its digits.

    Raise UnreadableCell for a formula, an error, a formatted or boolean value, or a text that is too long.
    """
    if cell is None:
        return ""
    if cell.sort in REFUSED:
        raise UnreadableCell(REFUSED[cell.sort], cell.text)
    text = normalise_text(_digits(cell) if cell.sort is CellKind.NUMBER else cell.text)
    if len(text) > LONGEST_TEXT:
        raise UnreadableCell("too_long", f"{len(text):,}")
    return text


def code(cell: Cell | None, offered: Mapping[str, BilingualText]) -> str:
    """Return the code of the chosen option, typed as the code or as its label in either language, in any case.

    Return "" for an empty cell; raise UnreadableCell if the text is none of `offered` (code -> label).
    """
    text = (
        "true"
        if cell == Cell(CellKind.BOOLEAN, "1")
        else "false"
        if cell == Cell(CellKind.BOOLEAN, "0")
        else words(cell)
    )
    known = {_alike(name): name for name in offered}
    known |= {_alike(label[language]): name for name, label in offered.items() for language in LANGUAGES}
    if YES in offered:
        known |= dict.fromkeys(TICKS, YES) | dict.fromkeys(CROSSES, "")
    if _alike(text) not in known and text:
        raise UnreadableCell("unknown_choice", text)
    return known.get(_alike(text), "")


def whole_number(cell: Cell | None, question: Question) -> int | None:
    """Return the number in a cell, or None if it is empty; raise UnreadableCell if it is not whole or out of bounds."""
    text = words(cell)
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or not question.minimum <= int(text[:9]) <= question.maximum:
        raise UnreadableCell("not_whole_number", text)
    return int(text[:9])


def version(cell: Cell | None) -> int:
    """Return the version that an answer was typed over; raise UnreadableCell if it is not a number."""
    text = words(cell)
    if not (text.isascii() and text.isdigit()):
        raise UnreadableCell("no_version", text)
    return int(text[:9])


def _digits(cell: Cell) -> str:
    """Return the digits of a number without a trailing ".0": 12, not 12.0."""
    try:
        number = float(cell.text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UnreadableCell("error_value", cell.text)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _alike(text: str) -> str:
    """Normalise text so that case, white space and Unicode form make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _passage(cell: Cell | None, _item: Item) -> str:
    return words(cell)


def _line(cell: Cell | None, _item: Item) -> str:
    return cleaned_line(words(cell))


TYPED: Mapping[Kind, Callable[[Cell | None, Any], str | int | None]] = {
    Kind.OUTCOME: _passage,
    Kind.TEXT: _passage,
    Kind.LINE: _line,
    Kind.NUMBER: whole_number,
    Kind.CHOICE: _passage,
    Kind.CHOICES: _passage,
    Kind.RANKING: _passage,
}
"""Kind of question -> the function that parses a field of it without options."""
