"""Queries for themes: themes, coded texts and quotes of a field or a cycle."""

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
    """A text with its newest coding; the coding counts only if `is_read`: it was made for the present text."""

    free: FreeText
    coding: Coding | None
    is_read: bool

    @property
    def is_outdated(self) -> bool:
        """Whether the coding was made for an earlier text, so that the present one is to be coded again."""
        return self.coding is not None and not self.is_read

    @property
    def themes(self) -> list[Theme]:
        """The themes that are counted for the text, in the order of the list of themes."""
        return [each for each in self._found if not each.retired_at]

    @property
    def retired_themes(self) -> list[Theme]:
        """The retired themes of the coding, which are kept but not counted."""
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
    """A quote, and whether it is shown in reports, or why not."""

    quote: Quote
    state: QuoteState


def coded_texts(texts: Sequence[FreeText]) -> tuple[CodedText, ...]:
    """Return each text with its newest coding, in the same order."""
    newest = _newest(texts)
    return tuple(_reading(each, newest.get(each.key)) for each in texts)


def coded_text(text: FreeText) -> CodedText:
    """Return one text with its newest coding."""
    return coded_texts([text])[0]


def _newest(texts: Iterable[FreeText]) -> dict[tuple[int, str, str], Coding]:
    ids, items = {each.reflection.id for each in texts}, {each.asked.item.code for each in texts}
    query = select(Coding).where(Coding.reflection_id.in_(ids), Coding.item.in_(items)).order_by(Coding.version)
    found = session.scalars(query.options(joinedload(Coding.submission), joinedload(Coding.saved_by)))
    return {(each.reflection_id, each.item, each.field): each for each in found}


def _reading(text: FreeText, coding: Coding | None) -> CodedText:
    return CodedText(text, coding, is_read=coding is not None and _is_of_these_words(coding, text))


def _is_of_these_words(coding: Coding, text: FreeText) -> bool:
    """Return whether the coding was made for the present text, in this submission or in an earlier one."""
    before, now, item = coding.submission, text.submission, text.asked.item.code
    if before.versions.get(item) == now.versions.get(item):
        return True
    return text_in_submission(before, text.asked) == text.text


def themes_of_cycle(cycle: Cycle) -> Sequence[Theme]:
    """Return all themes of a cycle, retired ones included, by position."""
    return session.scalars(select(Theme).filter_by(cycle_year=cycle.year).order_by(Theme.position)).all()


def themes_of_field(cycle: Cycle, asked: FreeField) -> list[Theme]:
    """Return all themes of a field, retired ones included, by position."""
    return [each for each in themes_of_cycle(cycle) if (each.item, each.field) == asked.key]


def find_theme(cycle: Cycle, asked: FreeField, identity: int) -> Theme:
    """Return a theme of this field by its id; raise RecordNotFound if there is none."""
    for theme in themes_of_field(cycle, asked):
        if theme.id == identity:
            return theme
    raise RecordNotFound("theme", identity)


def identifier_warnings(read: CodedText, passage: str) -> frozenset[IdentifierWarning]:
    """Return what in a passage of this text could identify its author."""
    return identifier_warnings_in(passage, known_names(read.free.reflection))


def find_quote(cycle: Cycle, identity: int) -> Quote:
    """Return a quote of a cycle by its id; raise RecordNotFound if there is none."""
    quote = session.get(Quote, identity)
    if quote is None or quote.submission.reflection.cycle_year != cycle.year:
        raise RecordNotFound("quote", identity)
    return quote


def quotes_of_texts(read: Iterable[CodedText]) -> tuple[QuoteStatus, ...]:
    """Return every quote of these texts, withdrawn ones included, in alphabetical order, which reveals no author."""
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
    """Return the board's names, and its own word for a cluster, which no other board uses."""
    return (
        *(board.name_en, board.name_cy, board.short_en, board.short_cy),
        *(board.partnership_en, board.partnership_cy, board.cluster_word_en, board.cluster_word_cy),
    )


def _state(quote: Quote, read: CodedText) -> QuoteState:
    """Return the state of a quote: shown while the present text contains it and has its theme."""
    if quote.withdrawn_at:
        return QuoteState.WITHDRAWN
    if not is_quote_in_text(quote.text, read.free.text):
        return QuoteState.ELSEWHERE
    if quote.theme is not None and quote.theme not in read.themes:
        return QuoteState.NO_THEME
    return QuoteState.SHOWN


def _key(quote: Quote) -> tuple[int, str, str]:
    return quote.submission.reflection_id, quote.item, quote.field
