"""The data of a report as CSV (RFC 4180, UTF-8): for programs, and safe where a spreadsheet program opens it.

It begins with a byte order mark: without one Excel takes UTF-8 for the old encoding of Windows, and ŵ for two signs.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from reports.data.data_row import Value
from reports.export.columns import COLUMNS, lines
from reports.kinds import ReportWithData

APOSTROPHE = "'"
STARTS = frozenset("=+-@＝＋－＠")
"""What a formula begins with, in the letters of Europe and in the wide ones of East Asia."""

BREAKS = frozenset("\t\r\n")
"""What some programs begin a new cell at."""

UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"})
"""Kinds of signs that show nothing of themselves; programs have been known to pass over them."""

BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that show nothing."""


def to_csv(report: ReportWithData, language: str) -> bytes:
    """The data of a report with names in one language; UnicodeEncodeError for half a surrogate pair."""
    return _written(COLUMNS, lines(report, language))


def escape_formula(text: str) -> str:
    """The text as no formula: after an apostrophe where it could be one, or begins with an apostrophe itself.

    Taking one apostrophe away from every text that begins with one gives back each text as it was.
    """
    return APOSTROPHE + text if text.startswith(APOSTROPHE) or is_like_a_formula(text) else text


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula."""
    if text[:1].isascii() and text[:1].isalnum():  # almost all texts
        return False
    first_seen = next((sign for sign in text if not _is_unseen(sign)), "")
    return text[:1] in BREAKS or first_seen in STARTS


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in UNSEEN or sign in BLANK_LETTERS


def _written(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(headers)
    safe = cache(escape_formula)  # most cells are codes and names that stand in many rows
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
