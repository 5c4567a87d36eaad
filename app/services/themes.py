"""The themes of a cycle as its report counts them, and how far staff have come with reading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from app.db import session
from app.domain.quoting import QuoteState
from app.domain.refusals import RecordNotFound
from app.domain.themes import ApprovedQuote, CodedTheme
from app.models import Cycle, Quote, Reflection, Submission, Theme
from app.services import codings, cycles, free_texts, quotes, theme_list
from app.services.codings import Reading
from app.services.free_texts import FreeField
from app.services.quotes import KeptQuote


@dataclass(frozen=True)
class FieldProgress:
    """One field of free text: how many texts it has, how many of them were read, how many are to be read again."""

    asked: FreeField
    texts: int
    read: int
    outdated: int


@dataclass(frozen=True)
class FieldOverview:
    """One field with all that staff see of it: its texts, its themes and what was cleared."""

    cycle: Cycle
    asked: FreeField
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    quotes: tuple[KeptQuote, ...]

    @property
    def progress(self) -> FieldProgress:
        """How far staff have come."""
        return _progress(self.asked, self.readings)

    def count(self, theme: Theme) -> int:
        """With how many clusters a theme was found."""
        return sum(theme in each.themes for each in self.readings)

    def of_cluster(self, cluster: str) -> Reading:
        """The text of a cluster (its code); RecordNotFound when it wrote nothing here."""
        for each in self.readings:
            if each.free.reflection.cluster.code == cluster:
                return each
        raise RecordNotFound("text", cluster)

    def after(self, cluster: str) -> Reading | None:
        """The next text that is to be read, from a cluster (its code) on, then from the first; None: all are read."""
        left = [each for each in self.readings if not each.is_read]
        later = [each for each in left if each.free.reflection.cluster.code > cluster]
        return next(iter(later or left), None)


def progress(cycle: Cycle) -> tuple[FieldProgress, ...]:
    """Every field in which something was written, in the order of the questionnaire."""
    read = codings.readings(free_texts.of_cycle(cycle))
    return tuple(_progress(asked, of_this) for asked, of_this in _by_field(read))


def of_field(cycle: Cycle, asked: FreeField) -> FieldOverview:
    """One field with its texts, themes and quotes."""
    read = codings.readings(free_texts.of_field(cycle, asked))
    return FieldOverview(cycle, asked, read, tuple(theme_list.of_field(cycle, asked)), quotes.of_readings(read))


def of_cycle(year: int) -> tuple[CodedTheme, ...]:
    """The themes that were found in a cycle and the quotes that are cleared, in an order that never changes."""
    cycle = cycles.find(year)
    items = _items(cycle)
    if not items:
        return ()
    read = codings.readings(free_texts.of_cycle(cycle, *items))
    themes, kept = theme_list.of_cycle(cycle), quotes.of_readings(read)
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
    """The codes of the items that have a theme or a quote."""
    themed = select(Theme.item).filter_by(cycle_year=cycle.year)
    quoted = select(Quote.item).join(Submission).join(Reflection).where(Reflection.cycle_year == cycle.year)
    return {*session.scalars(themed), *session.scalars(quoted)}


def _by_field(read: Iterable[Reading]) -> Iterator[tuple[FreeField, tuple[Reading, ...]]]:
    for _key, together in groupby(read, lambda each: each.free.asked.key):
        of_this = tuple(together)
        yield of_this[0].free.asked, of_this


def _progress(asked: FreeField, read: Sequence[Reading]) -> FieldProgress:
    done, again = sum(each.is_read for each in read), sum(each.is_outdated for each in read)
    return FieldProgress(asked, texts=len(read), read=done, outdated=again)


def _coded(overview: FieldOverview) -> Iterator[CodedTheme]:
    """What is told of each theme that was found, and of the quotes without a theme."""
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
