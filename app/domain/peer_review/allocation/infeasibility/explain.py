"""Explain why a round has no allocation: the smallest contradictions of constraints, and the smallest repairs.

No hard rule links pairs and outcomes, so each part is explained separately, and a repair combines one of each.
"""

from app.domain.peer_review.allocation.infeasibility.irreducible_conflict import can_hold, irreducible_conflict
from app.domain.peer_review.allocation.infeasibility.outcome_constraints import outcome_demands, outcome_repairs
from app.domain.peer_review.allocation.infeasibility.pair_constraints import (
    named,
    nomination,
    pair_clauses,
    pair_demands,
    pair_repairs,
)
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationConstraint, InfeasibilityExplanation, Repair

SMALLEST = 20
"""Up to this many nominees the smallest contradiction of pairs is found; beyond, an irreducible one."""
MOST = 3
"""The most repairs that are offered."""


def explain(problem: AllocationProblem) -> InfeasibilityExplanation:
    """Return the contradictions and repairs of a problem; without any constraint if it has an allocation."""
    if len(problem.nominees) < 2:
        too_few = AllocationConstraint("two-nominees", numbers={"nominees": len(problem.nominees)})
        return InfeasibilityExplanation((too_few,), (Repair((nomination(problem),), None),))
    conflicts = (_conflict_of_pairs(problem), outcome_demands(problem).smallest_conflict())
    smaller, larger = sorted(conflicts, key=len)
    if not larger:
        return InfeasibilityExplanation((), ())
    return InfeasibilityExplanation(smaller or larger, _repairs(problem), larger if smaller else ())


def _conflict_of_pairs(problem: AllocationProblem) -> tuple[AllocationConstraint, ...]:
    if len(problem.nominees) > SMALLEST:
        return irreducible_conflict(problem, tuple(pair_clauses(problem)))
    return named(problem, pair_demands(problem).smallest_conflict())


def is_possible(problem: AllocationProblem) -> bool:
    """Return whether the hard rules allow any allocation, without searching for the best."""
    if len(problem.nominees) < 2:
        return False
    return can_hold(problem, tuple(pair_clauses(problem))) and outcome_demands(problem).fewest_lifted(()) is not None


def _repairs(problem: AllocationProblem) -> tuple[Repair, ...]:
    """Whom to nominate, if nothing else helps; otherwise each repair of the pairs with each of the outcomes."""
    of_pairs = pair_repairs(problem, MOST)
    if any(repair.problem is None for repair in of_pairs):
        return of_pairs
    mended = [
        Repair(one.changes + other.changes, other.problem)
        for one in of_pairs
        if one.problem is not None
        for other in outcome_repairs(one.problem, MOST)
    ]
    return tuple(mended[:MOST])
