"""The constraints on outcomes: places, coverage, even loads and sizes, fixed outcomes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement

from app.domain.peer_review.allocation.infeasibility.constraint_sets import ConstraintProgramme, Row
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, OutcomeSet
from app.domain.peer_review.allocation.result import AllocationConstraint, Repair


def outcome_demands(problem: AllocationProblem) -> ConstraintProgramme:
    """Return the programme with columns (reviewed, outcome); a review takes no outcome twice in any case."""
    codes = [nominee.code for nominee in problem.nominees]
    clauses: dict[AllocationConstraint, list[Row]] = {}
    for each in problem.sets:
        clauses |= _clauses_of_set(each, codes)
    everything = sum(each.places(len(codes)) for each in problem.sets)
    low, high = _spread(everything, len(codes))
    if low * len(codes) != everything:
        clauses[AllocationConstraint("even-sizes", numbers={"low": low, "high": high})] = [
            ({(j, o): 1 for o in problem.outcomes}, low, high) for j in codes
        ]
    for fixed in problem.fixed:
        for outcome in fixed.outcomes:
            there = {(fixed.reviewed, outcome): 1} if outcome in problem.outcomes else {}
            clauses[AllocationConstraint("fixed-outcome", (fixed.reviewed,), (outcome,))] = [(there, 1, 1)]
    return ConstraintProgramme(((j, o) for j in codes for o in problem.outcomes), (), clauses)


def _clauses_of_set(each: OutcomeSet, codes: list[str]) -> dict[AllocationConstraint, list[Row]]:
    places, outcomes = each.places(len(codes)), each.outcomes
    least, most = _spread(places, len(codes))
    taken: list[Row] = [({(j, o): 1 for o in outcomes}, least, most) for j in codes]
    taken.append(({(j, o): 1 for j in codes for o in outcomes}, places, places))
    numbers = {"reviews": len(codes), "each": each.each, "extra": each.extra, "places": places}
    low, high = _spread(places, len(outcomes))
    looked_at = [{(j, o): 1 for j in codes} for o in outcomes]
    return {
        AllocationConstraint("places", outcomes=outcomes, numbers=numbers): taken,
        AllocationConstraint("coverage", outcomes=outcomes, numbers={"outcomes": len(outcomes), "low": max(1, low)}): [
            (terms, max(1, low), len(codes)) for terms in looked_at
        ],
        AllocationConstraint("load", outcomes=outcomes, numbers={"high": high}): [
            (terms, 0, max(1, high)) for terms in looked_at
        ],
    }


def _spread(whole: int, parts: int) -> tuple[int, int]:
    return whole // parts, -(-whole // parts)


def outcome_repairs(problem: AllocationProblem, most: int) -> tuple[Repair, ...]:
    """Return the smallest repairs: extra places, and fixed outcomes to drop, each counted as one change."""
    smallest: int | None = None
    found: list[tuple[tuple[int, ...], tuple[AllocationConstraint, ...]]] = []
    for extras in _more_places(problem):
        if smallest is not None and sum(extras) > smallest:
            break
        for dropped in _dropped(_with_places(problem, extras), most):
            size = sum(extras) + len(dropped)
            if smallest is None or size < smallest:
                smallest, found = size, []
            if size == smallest:
                found.append((extras, dropped))
    return tuple(_repair(problem, extras, dropped) for extras, dropped in found[:most])


def _more_places(problem: AllocationProblem) -> Iterator[tuple[int, ...]]:
    """Extra places for each set, the fewest first: never fewer than its outcomes need, at most one more a review."""
    count = len(problem.nominees)
    needed = [max(0, len(each.outcomes) - each.places(count)) for each in problem.sets]
    for beyond in range(count + 1):
        for shared in combinations_with_replacement(range(len(needed)), beyond):
            yield tuple(need + shared.count(number) for number, need in enumerate(needed))


def _with_places(problem: AllocationProblem, extras: tuple[int, ...]) -> AllocationProblem:
    sets = zip(problem.sets, extras, strict=True)
    return replace(problem, sets=tuple(replace(each, extra=each.extra + extra) for each, extra in sets))


def _dropped(problem: AllocationProblem, most: int) -> list[tuple[AllocationConstraint, ...]]:
    """Return the smallest sets of fixed outcomes after dropping which the rest can hold."""
    demands = outcome_demands(problem)
    found: list[tuple[AllocationConstraint, ...]] = []
    droppable = [clause for clause in demands.clauses if clause.code == "fixed-outcome"]
    while len(found) < most:
        dropped = demands.fewest_lifted(droppable, found)
        if dropped is None or (found and len(dropped) > len(found[0])):
            break
        found.append(dropped)
        if not dropped:
            break
    return found


def _repair(problem: AllocationProblem, extras: tuple[int, ...], dropped: tuple[AllocationConstraint, ...]) -> Repair:
    changes = [
        AllocationConstraint("extra-places", outcomes=each.outcomes, numbers={"more": more, "takes": each.each + 1})
        for each, more in zip(problem.sets, extras, strict=True)
        if more
    ]
    changes += [replace(clause, code="drop-fixed-outcome") for clause in dropped]
    gone = {(clause.clusters[0], clause.outcomes[0]) for clause in dropped}
    fixed = tuple(_opened(each, gone) for each in problem.fixed)
    return Repair(tuple(changes), replace(_with_places(problem, extras), fixed=fixed))


def _opened(fixed: FixedReview, gone: set[tuple[str, str]]) -> FixedReview:
    return replace(fixed, outcomes=tuple(each for each in fixed.outcomes if (fixed.reviewed, each) not in gone))
