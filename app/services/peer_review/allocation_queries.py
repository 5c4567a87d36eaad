"""Allocations of a cycle: the proposal, the current version, all versions, and how they are shown."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.errors import DataDamaged, RecordNotFound
from app.domain.peer_review.allocation.evaluation import EvaluatedAllocation, evaluate
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_file import read
from app.domain.peer_review.allocation.result import AssignedReview, OptimalityCertificate
from app.domain.peer_review.allocation.result import AssignedReview as Solution
from app.domain.peer_review.allocation.stored_rows_check import RuleViolation, StoredReview, rule_violations
from app.models import Allocation, ReviewAssignment


@dataclass(frozen=True)
class AllocationView:
    """A stored allocation, ready to be shown."""

    allocation: Allocation
    problem: AllocationProblem
    weighed: EvaluatedAllocation

    @property
    def stamp(self) -> str:
        """The version token of this proposal, see proposal_version."""
        return proposal_version(self.allocation)

    @property
    def certificate(self) -> OptimalityCertificate:
        """What the solver proved of what it proposed, before anything was changed by hand."""
        stored = self.allocation.certificate
        return OptimalityCertificate(stored["order"], tuple(stored["value"]), tuple(stored["bound"]))


UNREADABLE = RuleViolation("unreadable")
"""Instead of what the checker would find, where it cannot read what it is given."""


def find_current_allocation(year: int) -> Allocation | None:
    """The published allocation that counts in a cycle, None before there is one.

    DataDamaged when its rows break a rule.
    """
    found = published_allocations(year)
    return _checked(found[0]) if found else None


def find_proposal(year: int) -> Allocation | None:
    """What is proposed and not published yet, None when nothing is."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_(None))
    return session.scalar(_with_rows(query))


def find_allocation(year: int, number: int) -> Allocation:
    """A published version by its number; RecordNotFound when there is none, DataDamaged when its rows break a rule."""
    found = next((each for each in published_allocations(year) if each.number == number), None)
    if found is None:
        raise RecordNotFound("allocation", number)
    return _checked(found)


def published_allocations(year: int) -> Sequence[Allocation]:
    """Every published version, the newest first; DataDamaged when one holds what cannot be read."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_not(None))
    try:
        return session.scalars(_with_rows(query).order_by(Allocation.number.desc())).all()
    except (ValueError, TypeError) as fault:  # a column of JSON holds something else
        raise DataDamaged([UNREADABLE]) from fault


def violations_of(allocation: Allocation) -> list[RuleViolation]:
    """What the independent checker finds wrong with the stored rows."""
    try:
        rows = [StoredReview(each.reviewer.code, each.reviewed.code, each.outcomes) for each in allocation.assignments]
        return rule_violations(json.loads(allocation.problem), rows)
    except (ValueError, KeyError, TypeError, AttributeError):  # the problem or a row is not what was written
        return [UNREADABLE]


def _checked(allocation: Allocation) -> Allocation:
    if found := violations_of(allocation):
        raise DataDamaged(found)
    return allocation


def _with_rows(query: Select[Allocation]) -> Select[Allocation]:
    rows = selectinload(Allocation.assignments)
    return query.options(rows.options(joinedload(ReviewAssignment.reviewer), joinedload(ReviewAssignment.reviewed)))


def proposal_version(proposal: Allocation) -> str:
    """Return a version token of the proposal: another one after every change of it, see `ProposalOutdated`."""
    return proposal.proposed_at.isoformat()


def problem_of_allocation(allocation: Allocation) -> AllocationProblem:
    """What an allocation was made from."""
    return read(allocation.problem.encode())


def assigned_reviews(allocation: Allocation) -> tuple[Solution, ...]:
    """The rows of an allocation as plain values."""
    return tuple(
        Solution(each.reviewer.code, each.reviewed.code, tuple(each.outcomes)) for each in allocation.assignments
    )


def view_of_allocation(allocation: Allocation) -> AllocationView:
    """A stored allocation with its reasons and what it is worth, whether it keeps the rules or not."""
    problem = problem_of_allocation(allocation)
    return AllocationView(allocation, problem, evaluate(problem, assigned_reviews(allocation)))


def evaluate_change(allocation: Allocation, reviews: Sequence[AssignedReview]) -> EvaluatedAllocation:
    """What other reviews in its place would be worth."""
    return evaluate(problem_of_allocation(allocation), reviews)
