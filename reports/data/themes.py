"""The rows of the national summary on what clusters wrote: themes with counts, and the passages that were cleared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from surveys.schema import Outcome, Text

from reports.data.rows import Row
from reports.national import NationalReport

DETAIL = "detail:"
"""Before the code of an option: the field of what was written with it."""


def rows(report: NationalReport) -> Iterator[Row]:
    """Every count and every quote; the category is the field ("evidence"), the theme, or the quote by its number."""
    for each in report.themes:
        row = partial(Row, "themes", place="wales", item=each.item)
        yield row("written", each.written, category=each.field)
        yield row("read", each.read, each.written, category=each.field)
        for theme in each.counts:
            yield row("clusters", theme.clusters, each.read, category=theme.code)
        quoted = partial(Row, "quotes", "passage", place="wales", item=each.item)
        for number, quote in enumerate(each.quotes, start=1):
            yield quoted(quote.text, category=_numbered(each.field, number), language=quote.language)


def names(report: NationalReport) -> dict[str, Text]:
    """The names of the themes, of the fields they were found in, and of the quotes by number."""
    named = {theme.code: theme.name for each in report.themes for theme in each.counts}
    for each in report.themes:
        name = _field(report, each.item, each.field)
        named[each.field] = name
        for number in range(1, len(each.quotes) + 1):
            named[_numbered(each.field, number)] = Text(f"{name.en} {number}", f"{name.cy} {number}")
    return named


def _numbered(field: str, number: int) -> str:
    return f"{field}#{number}"


def _field(report: NationalReport, item: str, field: str) -> Text:
    asked = report.questionnaire.items[item]
    if isinstance(asked, Outcome) or not field.startswith(DETAIL):
        return asked.title
    return asked.option(field.removeprefix(DETAIL)).label
