"""The data rows of themes in the national summary: counts and approved quotes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from surveys.schema import BilingualText

from reports.data.data_row import DataRow
from reports.data.free_text_names import NUMBERED
from reports.national.report import NationalReport


def rows(report: NationalReport) -> Iterator[DataRow]:
    """Every count and every quote; the category is the field ("evidence"), the theme, or the quote by its number."""
    for each in report.themes:
        row = partial(DataRow, "themes", place="wales", item=each.item)
        yield row("written", each.written, category=each.field)
        yield row("read", each.read, each.written, category=each.field)
        for theme in each.counts:
            yield row("clusters", theme.clusters, each.read, category=theme.code)
        quoted = partial(DataRow, "quotes", "passage", place="wales", item=each.item)
        for number, quote in enumerate(each.quotes, start=1):
            yield quoted(quote.text, category=f"{each.field}{NUMBERED}{number}", language=quote.language)


def names(report: NationalReport) -> dict[str, BilingualText]:
    """Return the names of the themes by code."""
    return {theme.code: theme.name for each in report.themes for theme in each.counts}
