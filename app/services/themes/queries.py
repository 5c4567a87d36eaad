"""Themes, coded texts and quotes of a field or a cycle."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.domain.errors import RecordNotFound
from app.domain.people.roles import OF_A_CLUSTER
from app.domain.themes.quotes import IdentifierWarning, KnownNames, QuoteState, identifier_warnings_in, is_quote_in_text
from app.models import Coding, Cycle, HealthBoard, Quote, Reflection, Submission, Theme
from app.services.people.queries import people_of_cluster
from app.services.themes.texts import FreeField, FreeText, text_in_submission


@dataclass(frozen=True)
class CodedText:
    """A text with the newest coding of it, which counts only where `is_read`: it was made for these very words."""

    free: FreeText
    coding: Coding | None
    is_read: bool

    @property
    def is_outdated(self) -> bool:
        """Whether it was read before the cluster submitted other words: it is to be read again."""
        return self.coding is not None and not self.is_read

    @property
    def themes(self) -> list[Theme]:
        """The themes that count for it, in the order of staff."""
        return [each for each in self._found if not each.retired_at]

    @property
    def retired_themes(self) -> list[Theme]:
        """The themes that were found in it and are not offered any more: they stay with it, uncounted."""
        return [each for each in self._found if each.retired_at]

    @property
    def _found(self) -> list[Theme]:
        return self.coding.themes if self.coding and self.is_read else []


@dataclass(frozen=True)
class QuoteCandidate:
    """A passage to be approved: its text, the id of the theme it illustrates, if any, and the warnings confirmed."""

    text: str
    theme: int | None = None
    looked_at: Collection[IdentifierWarning] = ()


@dataclass(frozen=True)
class QuoteStatus:
    """A passage that was cleared, and whether it is shown, or why not."""

    quote: Quote
    state: QuoteState


def coded_texts(texts: Sequence[FreeText]) -> tuple[CodedText, ...]:
    """Each text with what was found in it."""
    newest = _newest(texts)
    return tuple(_reading(each, newest.get(each.key)) for each in texts)


def coded_text(text: FreeText) -> CodedText:
    """One text with what was found in it."""
    return coded_texts([text])[0]


def _newest(texts: Iterable[FreeText]) -> dict[tuple[int, str, str], Coding]:
    ids, items = {each.reflection.id for each in texts}, {each.asked.item.code for each in texts}
    query = select(Coding).where(Coding.reflection_id.in_(ids), Coding.item.in_(items)).order_by(Coding.version)
    found = session.scalars(query.options(joinedload(Coding.submission), joinedload(Coding.saved_by)))
    return {(each.reflection_id, each.item, each.field): each for each in found}


def _reading(text: FreeText, coding: Coding | None) -> CodedText:
    return CodedText(text, coding, is_read=coding is not None and _is_of_these_words(coding, text))


def _is_of_these_words(coding: Coding, text: FreeText) -> bool:
    """Whether what was read is what the text says now; another submission may say the same."""
    before, now, item = coding.submission, text.submission, text.asked.item.code
    if before.versions.get(item) == now.versions.get(item):
        return True
    return text_in_submission(before, text.asked) == text.text


def themes_of_cycle(cycle: Cycle) -> Sequence[Theme]:
    """Every theme of a cycle, also the retired, in the order of staff."""
    return session.scalars(select(Theme).filter_by(cycle_year=cycle.year).order_by(Theme.position)).all()


def themes_of_field(cycle: Cycle, asked: FreeField) -> list[Theme]:
    """Every theme of a field, also the retired, in the order of staff."""
    return [each for each in themes_of_cycle(cycle) if (each.item, each.field) == asked.key]


def find_theme(cycle: Cycle, asked: FreeField, identity: int) -> Theme:
    """A theme of this field; RecordNotFound when it has none of that identity."""
    for theme in themes_of_field(cycle, asked):
        if theme.id == identity:
            return theme
    raise RecordNotFound("theme", identity)


def identifier_warnings(read: CodedText, passage: str) -> frozenset[IdentifierWarning]:
    """Return what in a passage of this text could identify who wrote it."""
    return identifier_warnings_in(passage, known_names(read.free.reflection))


def find_quote(cycle: Cycle, identity: int) -> Quote:
    """A passage that was cleared in a cycle; RecordNotFound when there is none of that identity."""
    quote = session.get(Quote, identity)
    if quote is None or quote.submission.reflection.cycle_year != cycle.year:
        raise RecordNotFound("quote", identity)
    return quote


def quotes_of_texts(read: Iterable[CodedText]) -> tuple[QuoteStatus, ...]:
    """Return every passage ever approved in these texts, in alphabetical order, which reveals no author."""
    by_key = {each.free.key: each for each in read}
    query = select(Quote).join(Submission).where(Submission.reflection_id.in_({key[0] for key in by_key}))
    loaded = (joinedload(Quote.submission), joinedload(Quote.cleared_by), joinedload(Quote.withdrawn_by))
    found = session.scalars(query.options(*loaded, joinedload(Quote.theme))).all()
    kept = (QuoteStatus(each, _state(each, by_key[_key(each)])) for each in found if _key(each) in by_key)
    return tuple(sorted(kept, key=lambda each: (each.quote.text.casefold(), each.quote.text, each.quote.id)))


def known_names(reflection: Reflection) -> KnownNames:
    """Return the names that identify the cluster, and the people who belong to it or have submitted for it."""
    cluster, board = reflection.cluster, reflection.board
    people = {*people_of_cluster(cluster.id, OF_A_CLUSTER), *(each.submitted_by for each in reflection.submissions)}
    return KnownNames(
        cluster=(cluster.name_en, cluster.name_cy),
        county=(cluster.county_en, cluster.county_cy),
        board=tuple(name for name in _board_names(board) if name),
        people=tuple(person.name for person in people),
    )


def _board_names(board: HealthBoard) -> tuple[str | None, ...]:
    """Its names, and its own word for a cluster, which no other board uses."""
    return (
        *(board.name_en, board.name_cy, board.short_en, board.short_cy),
        *(board.partnership_en, board.partnership_cy, board.cluster_word_en, board.cluster_word_cy),
    )


def _state(quote: Quote, read: CodedText) -> QuoteState:
    """A quote is shown while the cluster's text contains it, and under its theme while the text has that theme."""
    if quote.withdrawn_at:
        return QuoteState.WITHDRAWN
    if not is_quote_in_text(quote.text, read.free.text):
        return QuoteState.ELSEWHERE
    if quote.theme is not None and quote.theme not in read.themes:
        return QuoteState.NO_THEME
    return QuoteState.SHOWN


def _key(quote: Quote) -> tuple[int, str, str]:
    return quote.submission.reflection_id, quote.item, quote.field
