"""Themes in what clusters wrote: how many clusters a theme was found with, and the quotes cleared to illustrate it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.schema import BilingualText

from app.domain.errors import InvalidValue
from app.domain.text import has_visible_text, normalise_text

LONGEST_NAME = 80
"""Characters of the name of a theme: it stands in a table and in the contents of a report."""


@dataclass(frozen=True)
class ApprovedQuote:
    """A passage that staff cleared for publication, in the language it was written in; never whose it is."""

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
    #: By the alphabet: an order that tells nothing of whose they are.
    quotes: tuple[ApprovedQuote, ...] = ()


@dataclass(frozen=True)
class ThemeCount:
    """With how many clusters a theme was found."""

    #: Such as "FACTORS-1.detail:funding.2": stable, in data files beside the name.
    code: str
    name: BilingualText
    item: str
    clusters: int


@dataclass(frozen=True)
class ReportedQuote:
    """A cleared passage, and the theme it illustrates, if any."""

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
    #: The theme found most often first; equal ones in the order of staff.
    counts: tuple[ThemeCount, ...]
    #: In the order of their themes, those without a theme last.
    quotes: tuple[ReportedQuote, ...]


def shown_themes(coded: Sequence[CodedTheme], *, submitted: int, minimum: int) -> tuple[FieldThemes, ...]:
    """What the national report shows of themes: nothing while fewer than `minimum` clusters have submitted.

    No single count is hidden, docs/decisions/0015 says why. A theme that was found nowhere is left out.
    """
    if submitted < minimum:
        return ()
    fields = (_field(tuple(themes)) for _place, themes in groupby(coded, lambda each: (each.item, each.field)))
    return tuple(each for each in fields if each.counts or each.quotes)


def theme_name(typed: str) -> str:
    """The name of a theme on one line; InvalidValue when nothing of it can be read or it is too long."""
    name = " ".join(normalise_text(typed).split())
    if not has_visible_text(name) or len(name) > LONGEST_NAME:
        raise InvalidValue("theme_name", typed)
    return name


def is_taken(name: BilingualText, others: Iterable[BilingualText]) -> bool:
    """Whether a reader would take it for one of the others, in either language."""
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
    """Without what cannot be seen: two names that look alike are alike."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join(shown.casefold().split())
