"""The constraints on pairs: everybody reviews, other boards, conflicts, fixed pairs, no reviews in return."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.domain.peer_review.allocation.infeasibility.constraint_sets import Clauses, ConstraintProgramme, Row
from app.domain.peer_review.allocation.infeasibility.irreducible_conflict import can_hold
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Pair
from app.domain.peer_review.allocation.result import AllocationConstraint, Repair


def pair_demands(problem: AllocationProblem) -> ConstraintProgramme:
    """Return the programme with columns (reviewer, reviewed), each cluster at most once on either side."""
    return _demands(problem, pair_clauses(problem))


def demands_of(problem: AllocationProblem, chosen: Iterable[AllocationConstraint]) -> ConstraintProgramme:
    """Return the programme with only these constraints; one on everybody may be limited to some clusters."""
    every = pair_clauses(problem)
    return _demands(problem, {clause: every.get(clause) or _about(problem, clause) for clause in chosen})


def _about(problem: AllocationProblem, clause: AllocationConstraint) -> list[Row]:
    codes = [nominee.code for nominee in problem.nominees]
    pairs_of = _from if clause.code == "everybody-reviews" else _to
    return [(dict.fromkeys(pairs_of(codes, code), 1), 1, 1) for code in clause.clusters]


def _demands(problem: AllocationProblem, clauses: Clauses) -> ConstraintProgramme:
    codes = [nominee.code for nominee in problem.nominees]
    always = [(dict.fromkeys(pairs(codes, code), 1), 0, 1) for pairs in (_from, _to) for code in codes]
    return ConstraintProgramme(((i, j) for i in codes for j in codes if i != j), always, clauses)


def pair_clauses(problem: AllocationProblem) -> dict[AllocationConstraint, list[Row]]:
    """Return each constraint with its rows."""
    codes = [nominee.code for nominee in problem.nominees]
    clauses: dict[AllocationConstraint, list[Row]] = {
        AllocationConstraint("everybody-reviews"): [(dict.fromkeys(_from(codes, i), 1), 1, 1) for i in codes],
        AllocationConstraint("everybody-is-reviewed"): [(dict.fromkeys(_to(codes, j), 1), 1, 1) for j in codes],
    }
    if len(codes) > 2:
        clauses[AllocationConstraint("not-in-return")] = [
            ({(i, j): 1, (j, i): 1}, 0, 1) for n, i in enumerate(codes) for j in codes[n + 1 :]
        ]
    boards: dict[str, list[str]] = {}
    for nominee in problem.nominees:
        boards.setdefault(nominee.board, []).append(nominee.code)
    for members in boards.values():
        if len(members) > 1:
            inside: list[Row] = [({(i, j): 1}, 0, 0) for i in members for j in members if i != j]
            clauses[AllocationConstraint("own-board", tuple(members))] = inside
    for one, other in problem.conflicts:
        clauses[conflict_clause((one, other))] = [({(one, other): 1, (other, one): 1}, 0, 0)] if one != other else []
    for fixed in problem.fixed:
        if fixed.reviewer is not None:
            clauses[AllocationConstraint("fixed-pair", (fixed.reviewer, fixed.reviewed))] = [
                _fixed(fixed.reviewer, fixed.reviewed)
            ]
    return clauses


def _fixed(reviewer: str, reviewed: str) -> Row:
    """Return a cluster cannot review itself, so there is no column for it: that demand can never be met."""
    return ({(reviewer, reviewed): 1} if reviewer != reviewed else {}, 1, 1)


def conflict_clause(pair: Pair) -> AllocationConstraint:
    """Return the constraint of a conflict, the same in both directions."""
    return AllocationConstraint("conflict", tuple(sorted(pair)))


def _from(codes: list[str], i: str) -> Iterable[Pair]:
    return ((i, j) for j in codes if j != i)


def _to(codes: list[str], j: str) -> Iterable[Pair]:
    return ((i, j) for i in codes if i != j)


def named(problem: AllocationProblem, conflict: tuple[AllocationConstraint, ...]) -> tuple[AllocationConstraint, ...]:
    """Return the contradiction with its general constraints limited to the clusters that it needs."""
    for code in ("everybody-reviews", "everybody-is-reviewed"):
        for clause in (each for each in conflict if each.code == code):
            alone = _fewest_alone(problem, conflict, clause)
            conflict = tuple(replace(each, clusters=alone) if each == clause else each for each in conflict)
    return conflict


def _fewest_alone(
    problem: AllocationProblem, conflict: tuple[AllocationConstraint, ...], general: AllocationConstraint
) -> tuple[str, ...]:
    alone = [nominee.code for nominee in problem.nominees]
    for code in tuple(alone):
        fewer = [each for each in alone if each != code]
        if fewer and not _is_possible(problem, conflict, general, fewer):
            alone = fewer
    return tuple(alone)


def _is_possible(
    problem: AllocationProblem,
    conflict: tuple[AllocationConstraint, ...],
    general: AllocationConstraint,
    alone: list[str],
) -> bool:
    """Return whether the clauses of the conflict can hold when the general one is about a few only."""
    about = tuple(replace(each, clusters=tuple(alone)) if each == general else each for each in conflict)
    return demands_of(problem, about).fewest_lifted(()) is not None


def pair_repairs(problem: AllocationProblem, most: int) -> tuple[Repair, ...]:
    """Return the smallest repairs: the fewest conflicts and fixed pairs to drop, or else clusters to nominate."""
    clauses = tuple(pair_clauses(problem))
    droppable = [clause for clause in clauses if clause.code in ("conflict", "fixed-pair")]
    if can_hold(problem, clauses):
        return (Repair((), problem),)
    if not can_hold(problem, [clause for clause in clauses if clause not in droppable]):
        return (Repair((nomination(problem),), None),)
    alone = (clause for clause in droppable if can_hold(problem, [each for each in clauses if each != clause]))
    found: list[tuple[AllocationConstraint, ...]] = [(clause,) for clause in islice(alone, most)]
    demands = pair_demands(problem) if not found else None  # one change is found without a programme, and sooner
    while demands and len(found) < most:
        dropped = demands.fewest_lifted(droppable, found)
        if dropped is None or (found and len(dropped) > len(found[0])):
            break
        found.append(dropped)
    return tuple(Repair(_dropping(dropped), _without(problem, set(dropped))) for dropped in found)


def _dropping(clauses: Iterable[AllocationConstraint]) -> tuple[AllocationConstraint, ...]:
    return tuple(replace(clause, code=f"drop-{clause.code}") for clause in clauses)


def _without(problem: AllocationProblem, dropped: set[AllocationConstraint]) -> AllocationProblem:
    kept = tuple(pair for pair in problem.conflicts if conflict_clause(pair) not in dropped)
    return replace(problem, conflicts=kept, fixed=tuple(_opened(fixed, dropped) for fixed in problem.fixed))


def _opened(fixed: FixedReview, dropped: set[AllocationConstraint]) -> FixedReview:
    pair = AllocationConstraint("fixed-pair", (fixed.reviewer or "", fixed.reviewed))
    return replace(fixed, reviewer=None) if pair in dropped else fixed


def nomination(problem: AllocationProblem) -> AllocationConstraint:
    """Return how many more clusters of other boards are needed if dropping does not help: half of all, or two in all.

    Clusters can stand in a circle without neighbours of one board exactly when no board has more than half of them.
    """
    boards = [nominee.board for nominee in problem.nominees]
    largest = max(sorted(set(boards)), key=boards.count, default="")
    members = tuple(nominee.code for nominee in problem.nominees if nominee.board == largest)
    more = max(2 * len(members) - len(boards), 2 - len(boards), 1)
    return AllocationConstraint("nominate", members, numbers={"more": more})
