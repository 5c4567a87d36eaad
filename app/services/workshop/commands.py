"""Private ratings and the discussion: save, open, show an outcome, reveal, vote, record what is agreed, close."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import session, transaction
from app.domain.errors import LosesVotes, RatingClosed, RecordNotFound, TooFewRatings
from app.domain.people.roles import OF_A_CLUSTER
from app.domain.saving.decision import PendingSave, must_add
from app.domain.statistics.distribution import Distribution
from app.domain.workshop.agenda import most_disagreed_first
from app.domain.workshop.private_ratings import countable_ratings, distribution_of_ratings
from app.models import Person, PrivateRating, Reflection, Vote, VotingRound, Workshop
from app.services.email.commands import mailer
from app.services.people.queries import people_of_cluster
from app.services.reflection.commands import lock_reflection, require_open, write_answer
from app.services.survey.queries import questionnaire_of
from app.services.workshop.emails import small_group_email
from app.services.workshop.queries import (
    find_open_vote,
    find_open_workshop,
    own_private_ratings,
    rating_distributions,
    ratings_of_item,
    require_open_workshop,
    revealed_rounds,
    voting_rounds,
    workshop_attendance,
)

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of the short address: no vowels, so that it spells nothing."""


@dataclass(frozen=True)
class WorkshopOpening:
    """How a workshop begins: in which order, how many take part and from which groups."""

    most_disagreed_first: bool
    present: int
    groups: Sequence[str]


class UncountedVotes(NamedTuple):
    """An open vote as a page showed it: its id, and how many had voted."""

    identity: int
    votes: int


NOTHING = UncountedVotes(0, 0)
"""Said of no vote."""


def save_private_rating(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> PrivateRating | None:
    """Keep what a person thinks of an outcome; None when there is nothing to keep.

    RatingClosed once the views on it were revealed; StaleAnswer and SupersededSave as for an answer, when the
    same person saved it in another window; CycleNotOpen and AlreadySubmitted when nothing can be saved.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        if draft.item in revealed_rounds(reflection):
            raise RatingClosed
        saved = own_private_ratings(reflection, by).get(draft.item)
        if must_add(draft, saved):
            return _kept(saved, reflection, draft, by, now)
        if saved and reflection.small_group_announced_at and saved.saved_at < reflection.small_group_announced_at:
            saved.saved_at = now  # given again, knowing that few views are shown too
        return saved


def announce_small_group(reflection: Reflection, now: datetime, *, address: str) -> None:
    """Tell the members that the distribution will be shown however few ratings there are; later calls do nothing."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        if reflection.small_group_announced_at:
            return
        reflection.small_group_announced_at = now
    for person in people_of_cluster(reflection.cluster_id, OF_A_CLUSTER):
        mailer.send(small_group_email(person, reflection, address))


def _kept(
    saved: PrivateRating | None, reflection: Reflection, draft: PendingSave, by: Person, now: datetime
) -> PrivateRating:
    view = saved or PrivateRating(reflection_id=reflection.id, item=draft.item, person_id=by.id, version=0)
    view.level, view.note = draft.content["level"], draft.content["note"]
    view.version, view.client_id, view.sequence_no, view.saved_at = (
        view.version + 1,
        draft.client_id,
        draft.sequence_no,
        now,
    )
    session.add(view)
    return view


def reveal_ratings(reflection: Reflection, now: datetime, minimum: int, item: str = "") -> VotingRound:
    """Count the private ratings on the outcome on the screen, for good; TooFewRatings: they stay hidden.

    `item` is the outcome that the button stood beside: NoOpenWorkshop when another is on the screen by now.
    """
    with transaction():
        item = require_open_workshop(reflection, item).item
        if before := revealed_rounds(reflection).get(item):
            return before
        counted = distribution_of_ratings(
            countable_ratings(ratings_of_item(reflection, item), minimum, reflection.small_group_announced_at)
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
    """Open a vote on the outcome on the screen (`item`, as for `reveal_ratings`).

    A vote that is open on it goes on. A vote that is open on another outcome ends uncounted, for the room votes on one
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
    """End a vote and show its distribution; TooFewRatings: it stays open. Does nothing if it is counted already."""
    with transaction():
        asked = _locked(reflection, identity)
        if asked is None or asked.revealed_at:
            return
        told = (
            reflection.small_group_announced_at is not None and reflection.small_group_announced_at <= asked.opened_at
        )
        if len(asked.votes) < (1 if told else minimum):
            raise TooFewRatings(len(asked.votes), minimum)
        asked.spread, asked.revealed_at = asdict(Distribution.of(each.level for each in asked.votes)), now
        asked.votes.clear()  # the counts stay; who chose what is not kept


def cancel_vote(reflection: Reflection, given_up: UncountedVotes) -> None:
    """End a vote uncounted, however few have voted; not open any more, nothing changes.

    LosesVotes when there are votes in it, and not as many as `given_up` says.
    """
    with transaction():
        asked = _locked(reflection, given_up.identity)
        if asked and not asked.revealed_at:
            discard_votes(reflection, given_up)


def _locked(reflection: Reflection, identity: int) -> VotingRound | None:
    query = select(VotingRound).filter_by(id=identity, reflection_id=reflection.id)
    return session.scalar(query.with_for_update())


def open_workshop(
    reflection: Reflection, opening: WorkshopOpening, by: Person, now: datetime, minimum: int
) -> Workshop:
    """Open a workshop; where one is open already, it continues with the attendance given now."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        workshop = find_open_workshop(reflection)
        if workshop is None:
            agenda = _agenda(reflection, minimum, by_difference=opening.most_disagreed_first)
            workshop = Workshop(
                reflection_id=reflection.id,
                code="".join(secrets.choice(LETTERS) for _ in range(5)),
                opened_at=now,
                opened_by_id=by.id,
                agenda=agenda,
                item=agenda[0],
                agreed={},
            )
            session.add(workshop)
        workshop.present, workshop.groups = opening.present, list(opening.groups)
    return workshop


def close_workshop(reflection: Reflection, now: datetime, given_up: UncountedVotes = NOTHING) -> None:
    """End the workshop; closed already, nothing changes. LosesVotes as for `discard_votes`."""
    with transaction():
        lock_reflection(reflection)
        if workshop := find_open_workshop(reflection):
            workshop.closed_at = now
        discard_votes(reflection, given_up)


def discard_votes(reflection: Reflection, known: UncountedVotes) -> None:
    """Delete the open vote, if any, inside the caller's transaction.

    LosesVotes when there are votes in it and `known` is not that vote with as many: whoever deletes votes has been
    told how many.
    """
    query = select(VotingRound).filter_by(reflection_id=reflection.id, revealed_at=None)
    for asked in session.scalars(query.with_for_update()):
        if asked.votes and known != UncountedVotes(asked.id, len(asked.votes)):
            raise LosesVotes(asked.item, asked.id, len(asked.votes))
        session.delete(asked)


def set_current_item(reflection: Reflection, item: str) -> None:
    """Put an outcome on the screen; RecordNotFound when it is not on the agenda."""
    with transaction():
        workshop = require_open_workshop(reflection)
        if item not in workshop.agenda:
            raise RecordNotFound("outcome", item)
        workshop.item = item


def record_agreed_answer(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> None:
    """Save an answer as agreed, with who takes part; refused as `save_answer` refuses, and then nothing is saved."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        workshop = find_open_workshop(reflection)
        if workshop:  # who takes part is what the lead told at the opening, not what a tab carries along
            draft = replace(draft, content={**draft.content, "present": workshop_attendance(reflection)})
        saved = write_answer(reflection, draft, by, now)
        if saved and workshop:
            session.flush()
            workshop.agreed = {**workshop.agreed, draft.item: saved.version}


def _agenda(reflection: Reflection, minimum: int, *, by_difference: bool) -> list[str]:
    """Return the order of the discussion. One made from ratings is kept: made again, it would reveal new ratings."""
    outcomes = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
    if not by_difference:
        return outcomes
    query = select(Workshop.agenda).filter_by(reflection_id=reflection.id).order_by(Workshop.id)
    before = [agenda for agenda in session.scalars(query) if agenda != outcomes]
    if before:
        return before[-1]
    return most_disagreed_first(outcomes, rating_distributions(reflection, outcomes), minimum)
