"""The themes of a cycle as its reports count them, and the progress of coding."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from app.db import session
from app.domain.errors import RecordNotFound
from app.domain.themes.quotes import QuoteState
from app.domain.themes.theme_counts import ApprovedQuote, CodedTheme
from app.models import Cycle, Quote, Reflection, Submission, Theme
from app.services.cycle.queries import find_cycle
from app.services.themes.queries import (
    CodedText,
    QuoteStatus,
    coded_texts,
    quotes_of_texts,
    themes_of_cycle,
    themes_of_field,
)
from app.services.themes.texts import FreeField, texts_of_cycle, texts_of_field


@dataclass(frozen=True)
class FieldProgress:
    """One field of free text: the number of texts, of coded ones, and of those to code again."""

    asked: FreeField
    texts: int
    read: int
    outdated: int


@dataclass(frozen=True)
class FieldOverview:
    """One field of free text with its texts, themes and quotes."""

    cycle: Cycle
    asked: FreeField
    readings: tuple[CodedText, ...]
    themes: tuple[Theme, ...]
    quotes: tuple[QuoteStatus, ...]

    @property
    def progress(self) -> FieldProgress:
        """The progress of coding in this field."""
        return _progress(self.asked, self.readings)

    def count(self, theme: Theme) -> int:
        """Return the number of clusters whose text has a theme."""
        return sum(theme in each.themes for each in self.readings)

    def of_cluster(self, cluster: str) -> CodedText:
        """Return the text of a cluster (code); raise RecordNotFound if it wrote nothing here."""
        for each in self.readings:
            if each.free.reflection.cluster.code == cluster:
                return each
        raise RecordNotFound("text", cluster)

    def after(self, cluster: str) -> CodedText | None:
        """Return the next text to code after that of a cluster (code), then from the start; None if all are coded."""
        left = [each for each in self.readings if not each.is_read]
        later = [each for each in left if each.free.reflection.cluster.code > cluster]
        return next(iter(later or left), None)


def coding_progress(cycle: Cycle) -> tuple[FieldProgress, ...]:
    """Return the progress of every field that has texts, in the order of the questionnaire."""
    read = coded_texts(texts_of_cycle(cycle))
    return tuple(_progress(asked, of_this) for asked, of_this in _by_field(read))


def field_overview(cycle: Cycle, asked: FreeField) -> FieldOverview:
    """Return one field with its texts, themes and quotes."""
    read = coded_texts(texts_of_field(cycle, asked))
    return FieldOverview(cycle, asked, read, tuple(themes_of_field(cycle, asked)), quotes_of_texts(read))


def reported_themes(year: int) -> tuple[CodedTheme, ...]:
    """Return the themes found in a cycle and the quotes shown with them, in a stable order."""
    cycle = find_cycle(year)
    items = _items(cycle)
    if not items:
        return ()
    read = coded_texts(texts_of_cycle(cycle, *items))
    themes, kept = themes_of_cycle(cycle), quotes_of_texts(read)
    overviews = (
        FieldOverview(
            cycle,
            asked,
            of_this,
            themes=tuple(each for each in themes if (each.item, each.field) == asked.key),
            quotes=tuple(each for each in kept if (each.quote.item, each.quote.field) == asked.key),
        )
        for asked, of_this in _by_field(read)
    )
    return tuple(coded for overview in overviews for coded in _coded(overview))


def _items(cycle: Cycle) -> set[str]:
    """Return the codes of the items that have a theme or a quote."""
    themed = select(Theme.item).filter_by(cycle_year=cycle.year)
    quoted = select(Quote.item).join(Submission).join(Reflection).where(Reflection.cycle_year == cycle.year)
    return {*session.scalars(themed), *session.scalars(quoted)}


def _by_field(read: Iterable[CodedText]) -> Iterator[tuple[FreeField, tuple[CodedText, ...]]]:
    for _key, together in groupby(read, lambda each: each.free.asked.key):
        of_this = tuple(together)
        yield of_this[0].free.asked, of_this


def _progress(asked: FreeField, read: Sequence[CodedText]) -> FieldProgress:
    done, again = sum(each.is_read for each in read), sum(each.is_outdated for each in read)
    return FieldProgress(asked, texts=len(read), read=done, outdated=again)


def _coded(overview: FieldOverview) -> Iterator[CodedTheme]:
    """Yield each theme that was found, as reports show it, then the quotes without a theme."""
    item, field = overview.asked.key
    progress = overview.progress
    for theme in (*overview.themes, None):
        clusters = sorted(each.free.reflection.cluster.code for each in overview.readings if theme in each.themes)
        cleared = _cleared(overview, theme)
        if clusters or cleared:
            yield CodedTheme(
                item=item,
                field=field,
                theme=theme.name if theme else None,
                position=theme.position if theme else 0,
                clusters=tuple(clusters),
                written=progress.texts,
                read=progress.read,
                quotes=cleared,
            )


def _cleared(overview: FieldOverview, theme: Theme | None) -> tuple[ApprovedQuote, ...]:
    return tuple(
        ApprovedQuote(each.quote.text, each.quote.language)
        for each in overview.quotes
        if each.state is QuoteState.SHOWN and each.quote.theme is theme
    )
