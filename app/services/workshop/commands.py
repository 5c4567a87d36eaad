"""Commands for private ratings and workshops: rate, open, show an outcome, reveal, vote, record the answer, close."""

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
"""The letters of a workshop code: no vowels, so that it spells no word."""


@dataclass(frozen=True)
class WorkshopOpening:
    """The settings of a workshop: its order of outcomes, the number of people present and their professional groups."""

    most_disagreed_first: bool
    present: int
    groups: Sequence[str]


class UncountedVotes(NamedTuple):
    """An open vote as a page showed it: its id and its number of votes."""

    identity: int
    votes: int


NOTHING = UncountedVotes(0, 0)
"""For callers that know of no open vote."""


def save_private_rating(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> PrivateRating | None:
    """Save a person's private rating of an outcome and return it; return None if there is nothing to save.

    Raise RatingClosed once the ratings of the outcome are revealed; StaleAnswer and SupersededSave as for an answer,
    if the same person saved it in another window; CycleNotOpen, AlreadySubmitted.
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
            saved.saved_at = now  # saved again after the announcement: it can be counted
        return saved


def announce_small_group(reflection: Reflection, now: datetime, *, address: str) -> None:
    """Announce to the people of the cluster, by e-mail, that distributions of few ratings will be shown too.

    Do nothing if it was announced before. Raise CycleNotOpen, AlreadySubmitted.
    """
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
    """Reveal the distribution of private ratings of the outcome on the screen; it cannot be hidden or changed again.

    `item` is the outcome on the page that sent the form; raise NoOpenWorkshop if the screen shows another, and
    TooFewRatings if the ratings must stay hidden.
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
    """Open a vote on the outcome on the screen (`item` as for `reveal_ratings`), or return the one that is open on it.

    An open vote on another outcome is deleted, because only one vote is open at a time; raise LosesVotes if it has
    votes and `given_up` does not state their number.
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
    """Store or replace a person's vote in a voting round (its id).

    Raise RatingClosed if the round is closed or not of this reflection.
    """
    with transaction():
        asked = _locked(reflection, identity)
        if asked is None or asked.revealed_at:
            raise RatingClosed
        session.merge(Vote(round_id=asked.id, person_id=by.id, level=level))


def close_vote(reflection: Reflection, identity: int, now: datetime, minimum: int) -> None:
    """Close a vote (its id), store its distribution and delete the single votes; do nothing if it is closed.

    Raise TooFewRatings, and leave it open, if it has fewer than `minimum` votes; if small groups were announced
    before it was opened, one vote is enough.
    """
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
        asked.votes.clear()  # only the counts are kept, not who voted how


def cancel_vote(reflection: Reflection, given_up: UncountedVotes) -> None:
    """Delete an open vote without counting it; do nothing if it is not open.

    Raise LosesVotes if it has votes and `given_up` states another number.
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
    """Open a workshop, or update the attendance of the one that is open. Raise CycleNotOpen, AlreadySubmitted."""
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
    """Close the workshop and delete an open vote; do nothing if it is closed. Raise LosesVotes as `discard_votes`."""
    with transaction():
        lock_reflection(reflection)
        if workshop := find_open_workshop(reflection):
            workshop.closed_at = now
        discard_votes(reflection, given_up)


def discard_votes(reflection: Reflection, known: UncountedVotes) -> None:
    """Delete the open vote, if any, in the caller's transaction.

    Raise LosesVotes if it has votes and `known` is not that vote with that number: whoever deletes votes must have
    seen how many there are.
    """
    query = select(VotingRound).filter_by(reflection_id=reflection.id, revealed_at=None)
    for asked in session.scalars(query.with_for_update()):
        if asked.votes and known != UncountedVotes(asked.id, len(asked.votes)):
            raise LosesVotes(asked.item, asked.id, len(asked.votes))
        session.delete(asked)


def set_current_item(reflection: Reflection, item: str) -> None:
    """Show an outcome on the screen; raise RecordNotFound if it is not on the agenda, NoOpenWorkshop."""
    with transaction():
        workshop = require_open_workshop(reflection)
        if item not in workshop.agenda:
            raise RecordNotFound("outcome", item)
        workshop.item = item


def record_agreed_answer(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> None:
    """Save the answer on which the discussion agreed, with the attendance of the open workshop, as its agreed answer.

    Raise what `save_answer` raises; then nothing is saved.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        workshop = find_open_workshop(reflection)
        if workshop:  # use the stored attendance, not that of an old form
            draft = replace(draft, content={**draft.content, "present": workshop_attendance(reflection)})
        saved = write_answer(reflection, draft, by, now)
        if saved and workshop:
            session.flush()
            workshop.agreed = {**workshop.agreed, draft.item: saved.version}


def _agenda(reflection: Reflection, minimum: int, *, by_difference: bool) -> list[str]:
    """Return the codes of the outcomes in the order of the discussion.

    An order by disagreement is reused by later workshops: computed again, it would reveal newer ratings.
    """
    outcomes = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
    if not by_difference:
        return outcomes
    query = select(Workshop.agenda).filter_by(reflection_id=reflection.id).order_by(Workshop.id)
    before = [agenda for agenda in session.scalars(query) if agenda != outcomes]
    if before:
        return before[-1]
    return most_disagreed_first(outcomes, rating_distributions(reflection, outcomes), minimum)
