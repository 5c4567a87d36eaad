"""What staff declare and decide before an allocation: pairs that must not meet, what is fixed, extra places."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.db import session, transaction
from app.domain.allocation.values import AllocationProblem, FixedReview
from app.domain.refusals import InvalidValue
from app.models import Cycle, FixedDecision, ReviewConflict, ReviewRound
from app.services import cycles, places


def conflicts(year: int) -> Sequence[ReviewConflict]:
    """The pairs that must not review one another in a cycle."""
    query = (
        select(ReviewConflict)
        .filter_by(cycle_year=year)
        .options(joinedload(ReviewConflict.one), joinedload(ReviewConflict.other))
    )
    return session.scalars(query.order_by(ReviewConflict.id)).all()


def fixed(year: int) -> Sequence[FixedDecision]:
    """What staff fixed before the allocation of a cycle."""
    query = select(FixedDecision).filter_by(cycle_year=year)
    query = query.options(joinedload(FixedDecision.reviewed), joinedload(FixedDecision.reviewer))
    return session.scalars(query.order_by(FixedDecision.id)).all()


def declare(cycle: Cycle, one: str, other: str, now: datetime) -> None:
    """Two clusters (their codes) must not review one another; declared already, nothing changes.

    RoundFinished, here and below, when the round is not changed any more.
    """
    first, second = sorted((places.find_cluster(one).id, places.find_cluster(other).id))
    if first == second:
        raise InvalidValue("same_cluster", one)
    with transaction():
        cycles.lock_round(cycle, now)
        if not any((each.one_id, each.other_id) == (first, second) for each in conflicts(cycle.year)):
            session.add(ReviewConflict(cycle_year=cycle.year, one_id=first, other_id=second))


def take_back(cycle: Cycle, identity: int, now: datetime) -> None:
    """A declared conflict does not hold any more; taken back already, nothing changes."""
    with transaction():
        cycles.lock_round(cycle, now)
        session.execute(delete(ReviewConflict).filter_by(cycle_year=cycle.year, id=identity))


def decide(cycle: Cycle, reviewed: str, reviewer: str | None, outcomes: Iterable[str], now: datetime) -> None:
    """Fix who reviews a cluster (codes), or outcomes of its review, or both; decided already, nothing changes."""
    cluster, by = places.find_cluster(reviewed), places.find_cluster(reviewer) if reviewer else None
    with transaction():
        cycles.lock_round(cycle, now)
        wanted = (cluster.id, by.id if by else None, list(dict.fromkeys(outcomes)))
        if any((each.reviewed_id, each.reviewer_id, each.outcomes) == wanted for each in fixed(cycle.year)):
            return
        session.add(
            FixedDecision(cycle_year=cycle.year, reviewed_id=wanted[0], reviewer_id=wanted[1], outcomes=wanted[2])
        )


def undo(cycle: Cycle, identity: int, now: datetime) -> None:
    """A decision does not hold any more; undone already, nothing changes."""
    with transaction():
        cycles.lock_round(cycle, now)
        session.execute(delete(FixedDecision).filter_by(cycle_year=cycle.year, id=identity))


def apply(cycle: Cycle, left: AllocationProblem, now: datetime) -> None:
    """Change what staff set for a cycle to what a repaired problem leaves of it, and take over its extra places."""
    taking_part = {nominee.code for nominee in left.nominees}
    with transaction():
        cycles.lock_round(cycle, now)
        for conflict in conflicts(cycle.year):
            pair = {conflict.one.code, conflict.other.code}
            if pair <= taking_part and not any(pair == {*each} for each in left.conflicts):
                session.delete(conflict)
        applying = [each for each in fixed(cycle.year) if concerned(as_fixed(each)) <= taking_part]
        for decision, remains in zip(applying, left.fixed, strict=False):  # after these come the returned reviews
            _leave(decision, remains)
        kept = session.get(ReviewRound, cycle.year) or ReviewRound(cycle_year=cycle.year, seed=cycle.year)
        extra = {each.slug: each.extra for each in left.sets if each.extra}
        kept.extra = {"nominees": len(left.nominees), **extra} if extra else {}
        session.add(kept)


def _leave(decision: FixedDecision, remains: FixedReview) -> None:
    """Leave of a decision what a repair leaves of it; a decision of nothing goes."""
    if not remains.reviewer:
        decision.reviewer_id = None
    decision.outcomes = list(remains.outcomes)
    if not remains.reviewer and not remains.outcomes:
        session.delete(decision)


def concerned(told: FixedReview) -> set[str]:
    """The clusters that a decision is about."""
    return {told.reviewed, told.reviewer or told.reviewed}


def as_fixed(decision: FixedDecision) -> FixedReview:
    """A decision as a problem of allocation tells it."""
    reviewer = decision.reviewer.code if decision.reviewer else None
    return FixedReview(decision.reviewed.code, reviewer, tuple(decision.outcomes))
