"""Add and remove review conflicts and fixed decisions; apply a repair."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete

from app.db import session, transaction
from app.domain.errors import InvalidValue
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview
from app.models import Cycle, FixedDecision, ReviewConflict, ReviewRound
from app.services.cycle.queries import lock_peer_review_round
from app.services.organisations.queries import find_cluster
from app.services.peer_review.constraint_queries import (
    clusters_of_decision,
    fixed_review_of,
    list_conflicts,
    list_fixed_decisions,
)


def add_conflict(cycle: Cycle, one: str, other: str, now: datetime) -> None:
    """Declare that two clusters (codes) must not review each other; do nothing if that is declared already.

    Raise InvalidValue if they are the same cluster, RoundFinished as all commands here do.
    """
    first, second = sorted((find_cluster(one).id, find_cluster(other).id))
    if first == second:
        raise InvalidValue("same_cluster", one)
    with transaction():
        lock_peer_review_round(cycle, now)
        if not any((each.one_id, each.other_id) == (first, second) for each in list_conflicts(cycle.year)):
            session.add(ReviewConflict(cycle_year=cycle.year, one_id=first, other_id=second))


def remove_conflict(cycle: Cycle, identity: int, now: datetime) -> None:
    """Delete a review conflict by its id, if it exists."""
    with transaction():
        lock_peer_review_round(cycle, now)
        session.execute(delete(ReviewConflict).filter_by(cycle_year=cycle.year, id=identity))


def add_fixed_decision(
    cycle: Cycle, reviewed: str, reviewer: str | None, outcomes: Iterable[str], now: datetime
) -> None:
    """Fix the reviewer of a cluster (codes), outcomes of its review, or both; do nothing if that is fixed already."""
    cluster, by = find_cluster(reviewed), find_cluster(reviewer) if reviewer else None
    with transaction():
        lock_peer_review_round(cycle, now)
        wanted = (cluster.id, by.id if by else None, list(dict.fromkeys(outcomes)))
        if any(
            (each.reviewed_id, each.reviewer_id, each.outcomes) == wanted for each in list_fixed_decisions(cycle.year)
        ):
            return
        session.add(
            FixedDecision(cycle_year=cycle.year, reviewed_id=wanted[0], reviewer_id=wanted[1], outcomes=wanted[2])
        )


def remove_fixed_decision(cycle: Cycle, identity: int, now: datetime) -> None:
    """Delete a fixed decision by its id, if it exists."""
    with transaction():
        lock_peer_review_round(cycle, now)
        session.execute(delete(FixedDecision).filter_by(cycle_year=cycle.year, id=identity))


def apply_repair(cycle: Cycle, left: AllocationProblem, now: datetime) -> None:
    """Delete or reduce the conflicts and fixed decisions that a repaired problem omits, and store its extra places."""
    taking_part = {nominee.code for nominee in left.nominees}
    with transaction():
        lock_peer_review_round(cycle, now)
        for conflict in list_conflicts(cycle.year):
            pair = {conflict.one.code, conflict.other.code}
            if pair <= taking_part and not any(pair == {*each} for each in left.conflicts):
                session.delete(conflict)
        applying = [
            each
            for each in list_fixed_decisions(cycle.year)
            if clusters_of_decision(fixed_review_of(each)) <= taking_part
        ]
        for decision, remains in zip(applying, left.fixed, strict=False):  # left.fixed: then the returned reviews
            _leave(decision, remains)
        kept = session.get(ReviewRound, cycle.year) or ReviewRound(cycle_year=cycle.year, seed=cycle.year)
        extra = {each.slug: each.extra for each in left.sets if each.extra}
        kept.extra = {"nominees": len(left.nominees), **extra} if extra else {}
        session.add(kept)


def _leave(decision: FixedDecision, remains: FixedReview) -> None:
    """Reduce a fixed decision to what remains of it after a repair; delete it if nothing remains."""
    if not remains.reviewer:
        decision.reviewer_id = None
    decision.outcomes = list(remains.outcomes)
    if not remains.reviewer and not remains.outcomes:
        session.delete(decision)
