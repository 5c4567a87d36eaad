"""The facilitated discussion: opened, led from outcome to outcome, what was agreed recorded, closed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import session, transaction
from app.domain.errors import LosesVotes, NoOpenWorkshop, RecordNotFound
from app.domain.saving.decision import PendingSave
from app.domain.workshop.agenda import most_disagreed_first
from app.models import Person, Reflection, VotingRound, Workshop
from app.services.cycle.commands import questionnaire_of
from app.services.reflection.commands import lock_reflection, require_open, write_answer
from app.services.workshop.private_rating_commands import rating_distributions

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Of the short address: no vowels, so that it spells nothing."""


@dataclass(frozen=True)
class WorkshopOpening:
    """How a workshop begins: in which order, how many take part and from which groups."""

    most_disagreed_first: bool
    present: int
    groups: Sequence[str]


class UncountedVotes(NamedTuple):
    """An open vote as somebody was told of it: its identity, and how many had voted."""

    identity: int
    votes: int


NOTHING = UncountedVotes(0, 0)
"""Said of no vote."""


def find_open_workshop(reflection: Reflection) -> Workshop | None:
    """The workshop that is open, if any."""
    return session.scalar(select(Workshop).filter_by(reflection_id=reflection.id, closed_at=None))


def workshop_attendance(reflection: Reflection) -> dict[str, Any] | None:
    """Who takes part in the open workshop: how many, of which groups; None when none is open."""
    workshop = find_open_workshop(reflection)
    return {"count": workshop.present, "groups": list(workshop.groups)} if workshop else None


def find_workshop_by_code(code: str) -> Workshop:
    """The open workshop with this short address; RecordNotFound when there is none."""
    found = session.scalar(select(Workshop).filter_by(code=code.upper(), closed_at=None)) if code.isalpha() else None
    if found is None:
        raise RecordNotFound("workshop", code)
    return found


def open_workshop(
    reflection: Reflection, opening: WorkshopOpening, by: Person, now: datetime, minimum: int
) -> Workshop:
    """Open a workshop; where one is open, that one goes on, with who takes part as told now."""
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
    """Delete the vote that is open, if any, inside the transaction of a use case.

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
    """Record what the room agreed, with who takes part; refused as `save_answer` refuses, with nothing recorded."""
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


def require_open_workshop(reflection: Reflection, item: str = "") -> Workshop:
    """The workshop that is open, inside a transaction that changes it.

    NoOpenWorkshop when there is none, or when its screen does not show `item`, the outcome that a button stood beside.
    """
    lock_reflection(reflection)
    workshop = find_open_workshop(reflection)
    if workshop is None or item not in ("", workshop.item):
        raise NoOpenWorkshop
    return workshop


def _agenda(reflection: Reflection, minimum: int, *, by_difference: bool) -> list[str]:
    """The order of the discussion. One that was made from the views is kept: made anew, it would tell of new ones."""
    outcomes = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
    if not by_difference:
        return outcomes
    query = select(Workshop.agenda).filter_by(reflection_id=reflection.id).order_by(Workshop.id)
    before = [agenda for agenda in session.scalars(query) if agenda != outcomes]
    if before:
        return before[-1]
    return most_disagreed_first(outcomes, rating_distributions(reflection, outcomes), minimum)
