"""Counting in the workshop: the private views revealed once, and votes in the room, as often as it takes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select

from app.db import session, transaction
from app.domain.errors import RatingClosed, TooFewRatings
from app.domain.statistics.distribution import Distribution
from app.domain.workshop.private_ratings import countable_ratings, distribution_of_ratings
from app.models import Person, Reflection, Vote, VotingRound
from app.services.workshop.commands import NOTHING, UncountedVotes, discard_votes, require_open_workshop
from app.services.workshop.private_rating_commands import ratings_of_item, revealed_rounds


def reveal_ratings(reflection: Reflection, now: datetime, minimum: int, item: str = "") -> VotingRound:
    """Count the private views on the outcome on the screen, once and for good; TooFewRatings: they stay hidden.

    `item` is the outcome that the button stood beside: NoOpenWorkshop when another is on the screen by now.
    """
    with transaction():
        item = require_open_workshop(reflection, item).item
        if before := revealed_rounds(reflection).get(item):
            return before
        counted = distribution_of_ratings(
            countable_ratings(ratings_of_item(reflection, item), minimum, reflection.told_at)
        )
        revealed = VotingRound(
            reflection_id=reflection.id,
            item=item,
            number=0,
            opened_at=now,
            revealed_at=now,
            spread=asdict(counted.levels),
            notes=list(counted.notes),
        )
        session.add(revealed)
    return revealed


def open_vote(reflection: Reflection, now: datetime, item: str = "", given_up: UncountedVotes = NOTHING) -> VotingRound:
    """Let the room vote on the outcome on the screen (`item`, as for `reveal_ratings`).

    A vote that is open on it goes on.  A vote that is open on another outcome ends uncounted, for the room votes on one
    thing at a time: LosesVotes when there are votes in it and `given_up` does not say how many.
    """
    with transaction():
        item = require_open_workshop(reflection, item).item
        asked = find_open_vote(reflection)
        if asked and asked.item != item:
            discard_votes(reflection, given_up)
        if asked is None or asked.item != item:
            number = max((each.number for each in voting_rounds(reflection, item)), default=0) + 1
            asked = VotingRound(reflection_id=reflection.id, item=item, number=number, opened_at=now, notes=[])
            session.add(asked)
    return asked


def cast_vote(reflection: Reflection, identity: int, level: str, by: Person) -> None:
    """Choose a level, or another one instead, in a vote that is open; RatingClosed when it is over or not here."""
    with transaction():
        asked = _locked(reflection, identity)
        if asked is None or asked.revealed_at:
            raise RatingClosed
        session.merge(Vote(round_id=asked.id, person_id=by.id, level=level))


def close_vote(reflection: Reflection, identity: int, now: datetime, minimum: int) -> None:
    """End a vote and show its spread; TooFewRatings: it stays open and hidden. Counted already, nothing changes."""
    with transaction():
        asked = _locked(reflection, identity)
        if asked is None or asked.revealed_at:
            return
        told = reflection.told_at is not None and reflection.told_at <= asked.opened_at
        if len(asked.votes) < (1 if told else minimum):
            raise TooFewRatings(len(asked.votes), minimum)
        asked.spread, asked.revealed_at = asdict(Distribution.of(each.level for each in asked.votes)), now
        asked.votes.clear()  # what was counted stays; who chose what is nobody's business


def cancel_vote(reflection: Reflection, given_up: UncountedVotes) -> None:
    """End a vote uncounted, however few have voted; not open any more, nothing changes.

    LosesVotes when there are votes in it, and not as many as `given_up` says.
    """
    with transaction():
        asked = _locked(reflection, given_up.identity)
        if asked and not asked.revealed_at:
            discard_votes(reflection, given_up)


def voting_rounds(reflection: Reflection, item: str) -> Sequence[VotingRound]:
    """The counts and votes on an outcome, in order."""
    query = select(VotingRound).filter_by(reflection_id=reflection.id, item=item).order_by(VotingRound.number)
    return session.scalars(query).all()


def find_open_vote(reflection: Reflection) -> VotingRound | None:
    """The vote that is open, if any."""
    return session.scalar(select(VotingRound).filter_by(reflection_id=reflection.id, revealed_at=None))


def count_votes(asked: VotingRound) -> int:
    """How many have voted in an open round."""
    return session.scalar(select(func.count()).select_from(Vote).filter_by(round_id=asked.id)) or 0


def own_vote(asked: VotingRound, person: Person) -> str:
    """What the person chose in an open round, "" before they did; ask for nobody but who is signed in."""
    return session.scalar(select(Vote.level).filter_by(round_id=asked.id, person_id=person.id)) or ""


def _locked(reflection: Reflection, identity: int) -> VotingRound | None:
    query = select(VotingRound).filter_by(id=identity, reflection_id=reflection.id)
    return session.scalar(query.with_for_update())
