"""The review conflicts and fixed decisions of a cycle."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.domain.peer_review.allocation.problem import FixedReview
from app.models import FixedDecision, ReviewConflict


def list_conflicts(year: int) -> Sequence[ReviewConflict]:
    """Return the pairs of clusters that must not review each other in a cycle."""
    query = (
        select(ReviewConflict)
        .filter_by(cycle_year=year)
        .options(joinedload(ReviewConflict.one), joinedload(ReviewConflict.other))
    )
    return session.scalars(query.order_by(ReviewConflict.id)).all()


def list_fixed_decisions(year: int) -> Sequence[FixedDecision]:
    """Return the fixed decisions of a cycle."""
    query = select(FixedDecision).filter_by(cycle_year=year)
    query = query.options(joinedload(FixedDecision.reviewed), joinedload(FixedDecision.reviewer))
    return session.scalars(query.order_by(FixedDecision.id)).all()


def clusters_of_decision(told: FixedReview) -> set[str]:
    """Return the codes of the clusters that a decision is about: one or two."""
    return {told.reviewed, told.reviewer or told.reviewed}


def fixed_review_of(decision: FixedDecision) -> FixedReview:
    """Return a fixed decision as the allocation problem represents it."""
    reviewer = decision.reviewer.code if decision.reviewer else None
    return FixedReview(decision.reviewed.code, reviewer, tuple(decision.outcomes))
