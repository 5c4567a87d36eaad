"""Themes in free text: how many clusters mention each, and the quotes approved to illustrate it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.schema import BilingualText

from app.domain.errors import InvalidValue
from app.domain.text import has_visible_text, normalise_text

LONGEST_NAME = 80
"""Characters of a theme's name, which has to fit in a table and in a report's contents."""


@dataclass(frozen=True)
class ApprovedQuote:
    """A passage that staff approved for publication, and the language it is written in; its author is not stored."""

    text: str
    language: str


@dataclass(frozen=True)
class CodedTheme:
    """One theme of one free text field in a cycle, with the clusters that its count comes from.

    `theme` is None for the quotes that illustrate no theme; there are no clusters then.
    """

    item: str
    field: str
    theme: BilingualText | None
    #: Its place among the themes of this field, from 1, which never changes; 0 for None.
    position: int
    #: The codes of the clusters in whose text it was found, in order, each once. They are for counting, never shown.
    clusters: tuple[str, ...]
    #: How many clusters wrote something in this field, and how many of these texts were read for themes.
    written: int
    read: int
    #: In alphabetical order, which does not reveal their clusters.
    quotes: tuple[ApprovedQuote, ...] = ()


@dataclass(frozen=True)
class ThemeCount:
    """The number of clusters in whose text a theme was found."""

    #: Such as "FACTORS-1.detail:funding.2"; stable, used in data files beside the name.
    code: str
    name: BilingualText
    item: str
    clusters: int


@dataclass(frozen=True)
class ReportedQuote:
    """An approved quote and the theme it illustrates, if any."""

    text: str
    language: str
    theme: BilingualText | None


@dataclass(frozen=True)
class FieldThemes:
    """The themes of one field in a report: how many texts were `written`, how many `read`, and what was found."""

    item: str
    field: str
    written: int
    read: int
    #: By descending count; ties in the order that staff gave the themes.
    counts: tuple[ThemeCount, ...]
    #: In the order of their themes, those without a theme last.
    quotes: tuple[ReportedQuote, ...]


def shown_themes(coded: Sequence[CodedTheme], *, submitted: int, minimum: int) -> tuple[FieldThemes, ...]:
    """Return the themes shown in the national report: none while fewer than `minimum` clusters have submitted.

    Single counts are not suppressed, see docs/decisions/0015. A theme that was found nowhere is left out.
    """
    if submitted < minimum:
        return ()
    fields = (_field(tuple(themes)) for _place, themes in groupby(coded, lambda each: (each.item, each.field)))
    return tuple(each for each in fields if each.counts or each.quotes)


def theme_name(typed: str) -> str:
    """Return the name of a theme on one line; InvalidValue when it has no visible character or is too long."""
    name = " ".join(normalise_text(typed).split())
    if not has_visible_text(name) or len(name) > LONGEST_NAME:
        raise InvalidValue("theme_name", typed)
    return name


def is_taken(name: BilingualText, others: Iterable[BilingualText]) -> bool:
    """Return whether the name looks the same as one of the others, in either language."""
    seen = {(language, _as_read(other[language])) for other in others for language in ("en", "cy")}
    return any((language, _as_read(name[language])) in seen for language in ("en", "cy"))


def _field(themes: tuple[CodedTheme, ...]) -> FieldThemes:
    first, ordered = themes[0], sorted(themes, key=lambda each: (each.theme is None, each.position))
    counts = [_count(each, each.theme) for each in ordered if each.theme and each.clusters]
    return FieldThemes(
        item=first.item,
        field=first.field,
        written=first.written,
        read=first.read,
        counts=tuple(sorted(counts, key=lambda each: -each.clusters)),
        quotes=tuple(
            ReportedQuote(quote.text, quote.language, each.theme) for each in ordered for quote in each.quotes
        ),
    )


def _count(coded: CodedTheme, name: BilingualText) -> ThemeCount:
    code = f"{coded.item}.{coded.field}.{coded.position}"
    return ThemeCount(code, name, coded.item, len(set(coded.clusters)))


def _as_read(name: str) -> str:
    """Return the name as readers see it: without invisible characters, case or repeated spaces."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join(shown.casefold().split())
