"""An irreducible contradiction among the pair constraints of a larger round, by removing what is not needed.

It cannot be reduced further, though another contradiction may have fewer constraints: finding the smallest would
take too long. Whether some constraints can hold together is an assignment problem.
"""

from collections.abc import Collection, Sequence

import numpy as np

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Infeasible
from app.domain.peer_review.allocation.lagrangian.pair_assignment import best_pairing, free_pairing
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationConstraint

FIRST_LEFT_OUT = ("not-in-return", "everybody-reviews")
"""The constraints to try to remove first, since an explanation is clearer without them."""


def irreducible_conflict(
    problem: AllocationProblem, clauses: Sequence[AllocationConstraint]
) -> tuple[AllocationConstraint, ...]:
    """Return constraints that cannot hold together, though all but any one of them can; empty if all can."""
    if can_hold(problem, clauses):
        return ()
    kept = list(clauses)
    for clause in sorted(clauses, key=lambda each: each.code not in FIRST_LEFT_OUT):
        fewer = [each for each in kept if each != clause]
        if not can_hold(problem, fewer):
            kept = fewer
    return tuple(kept)


def can_hold(problem: AllocationProblem, clauses: Collection[AllocationConstraint]) -> bool:
    """Return whether a pairing satisfies these constraints."""
    number = {nominee.code: index for index, nominee in enumerate(problem.nominees)}
    codes = {clause.code for clause in clauses}
    fixed = [(number[i], number[j]) for i, j in (each.clusters for each in clauses if each.code == "fixed-pair")]
    allowed = _allowed(number, clauses)
    for i, j in fixed:
        alone = allowed[i, j]
        allowed[i, :] = allowed[:, j] = False
        allowed[i, j] = alone
    if not all(allowed[pair] for pair in fixed):
        return False
    in_return = "not-in-return" not in codes
    if not codes & {"everybody-reviews", "everybody-is-reviewed"}:
        return in_return or not any((j, i) in fixed for i, j in fixed)
    try:
        if in_return:
            best_pairing(np.where(allowed, 0.0, -np.inf))
        else:
            free_pairing(allowed)
    except Infeasible:
        return False
    return True


def _allowed(number: dict[str, int], clauses: Collection[AllocationConstraint]) -> Bools:
    allowed = ~np.eye(len(number), dtype=bool)
    for clause in clauses:
        if clause.code in ("own-board", "conflict"):
            members = [number[code] for code in clause.clusters]
            allowed[np.ix_(members, members)] = False
    return allowed
