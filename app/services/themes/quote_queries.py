"""Passages that staff clear for publication, and withdraw; none is ever forgotten."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session, transaction
from app.domain.errors import IdentifyingPassage, InvalidValue, RecordNotFound
from app.domain.people.roles import OF_A_CLUSTER
from app.domain.themes.quotes import (
    IdentifierWarning,
    KnownNames,
    QuoteState,
    checked_quote,
    identifier_warnings_in,
    is_quote_in_text,
)
from app.models import Cycle, HealthBoard, Person, Quote, Reflection, Submission
from app.services.people.commands import people_of_cluster
from app.services.reflection.commands import lock_reflection
from app.services.themes.coding_queries import CodedText, coded_text
from app.services.themes.texts import find_text


@dataclass(frozen=True)
class QuoteCandidate:
    """What is to be cleared: the words, the id of the theme they illustrate, if any, and the hints staff looked at."""

    text: str
    theme: int | None = None
    looked_at: Collection[IdentifierWarning] = ()


@dataclass(frozen=True)
class QuoteStatus:
    """A passage that was cleared, and whether it is shown, or why not."""

    quote: Quote
    state: QuoteState


def approve_quote(before: CodedText, passage: QuoteCandidate, by: Person, now: datetime) -> Quote:
    """Clear a passage of a text for publication; the same once more changes nothing.

    InvalidValue when it is no passage of what the cluster has submitted ("quote_..." as of app.domain.themes.quotes),
    when it stands under another theme already ("quote_twice"), or when the text does not have the theme
    ("quote_theme"). IdentifyingPassage when it holds more that could tell whose it is than staff have looked at.
    """
    reflection, asked = before.free.reflection, before.free.asked
    with transaction():
        lock_reflection(reflection)
        read = coded_text(find_text(reflection.cycle, asked, reflection.cluster.code))
        words = checked_quote(passage.text, read.free.text)
        if passage.theme is not None and passage.theme not in [theme.id for theme in read.themes]:
            raise InvalidValue("quote_theme", passage.theme)
        if standing := _standing(read, words, passage.theme):
            return standing
        found = identifier_warnings_in(words, known_names(reflection))
        if found - set(passage.looked_at):
            raise IdentifyingPassage(found)
        return _cleared(read, words, passage.theme, by, now)


def identifier_warnings(read: CodedText, passage: str) -> frozenset[IdentifierWarning]:
    """What in a passage of this text could tell whose it is."""
    return identifier_warnings_in(passage, known_names(read.free.reflection))


def withdraw_quote(cycle: Cycle, identity: int, by: Person, now: datetime) -> None:
    """Publish a passage no longer; withdrawn already, nothing changes. What was published stays published."""
    with transaction():
        quote = find_quote(cycle, identity)
        lock_reflection(quote.submission.reflection)
        session.refresh(quote)  # two may withdraw it at once: the first is kept
        if quote.withdrawn_at is None:
            quote.withdrawn_at, quote.withdrawn_by_id = now, by.id


def find_quote(cycle: Cycle, identity: int) -> Quote:
    """A passage that was cleared in a cycle; RecordNotFound when there is none of that identity."""
    quote = session.get(Quote, identity)
    if quote is None or quote.submission.reflection.cycle_year != cycle.year:
        raise RecordNotFound("quote", identity)
    return quote


def quotes_of_texts(read: Iterable[CodedText]) -> tuple[QuoteStatus, ...]:
    """Every passage that was ever cleared in these texts, by the alphabet: an order that tells nothing of whose."""
    by_key = {each.free.key: each for each in read}
    query = select(Quote).join(Submission).where(Submission.reflection_id.in_({key[0] for key in by_key}))
    loaded = (joinedload(Quote.submission), joinedload(Quote.cleared_by), joinedload(Quote.withdrawn_by))
    found = session.scalars(query.options(*loaded, joinedload(Quote.theme))).all()
    kept = (QuoteStatus(each, _state(each, by_key[_key(each)])) for each in found if _key(each) in by_key)
    return tuple(sorted(kept, key=lambda each: (each.quote.text.casefold(), each.quote.text, each.quote.id)))


def known_names(reflection: Reflection) -> KnownNames:
    """By what names the cluster of a reflection can be told, and who belongs to it or has submitted for it."""
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


def _standing(read: CodedText, words: str, theme: int | None) -> Quote | None:
    """The same passage, where it is cleared already; InvalidValue when it is so under another theme."""
    for each in quotes_of_texts([read]):
        if each.quote.text == words and each.quote.withdrawn_at is None:
            if each.quote.theme_id != theme:
                raise InvalidValue("quote_twice", words)
            return each.quote
    return None


def _cleared(read: CodedText, words: str, theme: int | None, by: Person, now: datetime) -> Quote:
    quote = Quote(
        submission_id=read.free.submission.id,
        item=read.free.asked.item.code,
        field=read.free.asked.field,
        text=words,
        language=read.free.language,
        theme_id=theme,
        cleared_at=now,
        cleared_by_id=by.id,
    )
    session.add(quote)
    return quote


def _state(quote: Quote, read: CodedText) -> QuoteState:
    """A quote is shown while it stands in what the cluster says, and under its theme while the text has that."""
    if quote.withdrawn_at:
        return QuoteState.WITHDRAWN
    if not is_quote_in_text(quote.text, read.free.text):
        return QuoteState.ELSEWHERE
    if quote.theme is not None and quote.theme not in read.themes:
        return QuoteState.NO_THEME
    return QuoteState.SHOWN


def _key(quote: Quote) -> tuple[int, str, str]:
    return quote.submission.reflection_id, quote.item, quote.field
