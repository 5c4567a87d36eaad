"""Queries for allocations: the proposal, the current version and earlier versions of a cycle."""

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
    """A stored allocation with its problem and its evaluation."""

    allocation: Allocation
    problem: AllocationProblem
    weighed: EvaluatedAllocation

    @property
    def stamp(self) -> str:
        """The version token, see `proposal_version`."""
        return proposal_version(self.allocation)

    @property
    def certificate(self) -> OptimalityCertificate:
        """The solver's certificate for its own result; it does not cover changes by hand."""
        stored = self.allocation.certificate
        return OptimalityCertificate(stored["order"], tuple(stored["value"]), tuple(stored["bound"]))


UNREADABLE = RuleViolation("unreadable")
"""The violation reported if the checker cannot read the stored problem or rows."""


def find_current_allocation(year: int) -> Allocation | None:
    """Return the newest published allocation of a cycle, or None; raise DataDamaged if its rows break a rule."""
    found = published_allocations(year)
    return _checked(found[0]) if found else None


def find_proposal(year: int) -> Allocation | None:
    """Return the proposal of a cycle: the allocation that is not published; None if there is none."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_(None))
    return session.scalar(_with_rows(query))


def find_allocation(year: int, number: int) -> Allocation:
    """Return a published version by number; raise RecordNotFound, or DataDamaged if its rows break a rule."""
    found = next((each for each in published_allocations(year) if each.number == number), None)
    if found is None:
        raise RecordNotFound("allocation", number)
    return _checked(found)


def published_allocations(year: int) -> Sequence[Allocation]:
    """Return all published versions, newest first; raise DataDamaged if one cannot be read."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_not(None))
    try:
        return session.scalars(_with_rows(query).order_by(Allocation.number.desc())).all()
    except (ValueError, TypeError) as fault:  # a column of JSON holds something else
        raise DataDamaged([UNREADABLE]) from fault


def violations_of(allocation: Allocation) -> list[RuleViolation]:
    """Return what the independent checker finds wrong with the stored rows."""
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
    """Return a token that changes whenever the proposal does, so that commands can raise ProposalOutdated."""
    return proposal.proposed_at.isoformat()


def problem_of_allocation(allocation: Allocation) -> AllocationProblem:
    """Return the problem that an allocation was made from."""
    return read(allocation.problem.encode())


def assigned_reviews(allocation: Allocation) -> tuple[Solution, ...]:
    """Return the assignments of an allocation as domain values, without ORM objects."""
    return tuple(
        Solution(each.reviewer.code, each.reviewed.code, tuple(each.outcomes)) for each in allocation.assignments
    )


def view_of_allocation(allocation: Allocation) -> AllocationView:
    """Return a stored allocation with its problem and evaluation, whether it keeps the rules or not."""
    problem = problem_of_allocation(allocation)
    return AllocationView(allocation, problem, evaluate(problem, assigned_reviews(allocation)))


def evaluate_change(allocation: Allocation, reviews: Sequence[AssignedReview]) -> EvaluatedAllocation:
    """Evaluate other reviews against the problem of this allocation; stores nothing."""
    return evaluate(problem_of_allocation(allocation), reviews)
