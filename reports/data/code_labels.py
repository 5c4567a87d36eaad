"""Labels of codes in one language: first those of the report, then those of the data dictionary."""

from functools import cache

from surveys.schema import BilingualText

from reports.data import dictionary
from reports.data.data_row import DataRow
from reports.data.free_text_names import NUMBERED
from reports.data.question_names import CodeNames

MOVED_TO = ">"
"""The separator in the code of a movement: "foundation>developing"."""


class LabelMissing(Exception):
    """A code in the rows has no label in the report or the dictionary; the message names it."""


class Labels:
    """The labels of one report's codes in one language; each is looked up once."""

    def __init__(self, wording: CodeNames, language: str) -> None:
        self.wording, self.language = wording, language
        self.defined = cache(self._defined)
        self.place = cache(self._place)
        self.item = cache(self._item)
        self.category = cache(self._category)

    def value(self, row: DataRow, year: int) -> str:
        """Return the label of a value that is a code (place, item, level, category); "" for other values."""
        known = dictionary.entry("measure", row.measure)
        if known is None or known.unit_code != dictionary.CODED or row.value is None:
            return ""
        code = str(row.value)
        known_as = self.wording.place(code) or self.wording.item(code, year)
        return known_as[self.language] if known_as else self.category(code, row.item, year)

    def _defined(self, part: str, code: str) -> str:
        """Return the label of a table, measure or state."""
        found = dictionary.entry(part, code)
        return self._said(found.label if found else None, part, code)

    def _place(self, code: str) -> str:
        return self._said(self.wording.place(code) or _general(code), "place", code)

    def _item(self, code: str, year: int) -> str:
        return self._said(self.wording.item(code, year) or _general(code), "item", f"{code}, {year}")

    def _category(self, code: str, item: str, year: int) -> str:
        if MOVED_TO in code:
            return " → ".join(self.category(each, item, year) for each in code.split(MOVED_TO))
        if NUMBERED in code:
            field, number = code.split(NUMBERED)
            return f"{self.category(field, item, year)} {number}"
        found = self.wording.category(code, item, year) or _general(code)
        return self._said(found, "category", f"{code}, {item}, {year}")

    def _said(self, text: BilingualText | None, what: str, code: str) -> str:
        if text is None:
            raise LabelMissing(f"{what}: {code}")
        return text[self.language]


def _general(code: str) -> BilingualText | None:
    """Return the label of a code that is common to all reports."""
    found = dictionary.entry("category", code)
    return found.label if found else None
