"""The best allocation of a larger round: fewest repeats, then most total benefit, with a bound as proof.

Lagrange multipliers give the bound. Few allocations can reach it, and a small integer programme looks for one among
them. If there is none, the bound falls by one, and so on: what is found then is proven optimal. Very large rounds
stop earlier; the certificate then shows the gap.
"""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from app.domain.peer_review.allocation.lagrangian.arrays import Infeasible, Ints, ProblemArrays, Reals, grid_of
from app.domain.peer_review.allocation.lagrangian.cycle_merging import merged, rings_of
from app.domain.peer_review.allocation.lagrangian.multipliers import LagrangianModel, PricedRound, best_prices
from app.domain.peer_review.allocation.lagrangian.outcome_flow import deal
from app.domain.peer_review.allocation.lagrangian.pair_assignment import (
    Budgets,
    best_pairing,
    cheapest_free_pairing,
    reciprocal,
    reduced_costs,
)
from app.domain.peer_review.allocation.lagrangian.reduced_problem import SolvedRound, best_of, core_of
from app.domain.peer_review.allocation.lagrangian.repeats import fewest_repeats
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_hash import problem_hash
from app.domain.peer_review.allocation.result import (
    AllocationResult,
    AllocationScore,
    AssignedReview,
    OptimalityCertificate,
)
from app.domain.peer_review.allocation.scoring import Scoring

FIRST_LOOKS = (3, 6)
"""How many of the cheapest pairs of each nominee are tried before all are: often enough, and much faster."""
LARGEST_CORE = 40_000
"""The most pairs in an integer programme; beyond, the gap is reported instead."""


def solve_large(problem: AllocationProblem) -> AllocationResult | None:
    """Return the best allocation with its certificate; None if no allocation keeps the hard rules."""
    try:
        grid, budgets = fewest_repeats(grid_of(problem))
    except Infeasible:
        return None
    market = LagrangianModel(grid)
    best, ceiling = _best(market, best_prices(market), budgets)
    return _allocation(problem, grid, best, ceiling, mergeable=not budgets)


def _best(market: LagrangianModel, priced: PricedRound, budgets: Budgets) -> tuple[SolvedRound, int]:
    """Return the best allocation found, and what no allocation exceeds."""
    costs = reduced_costs(priced.worth, priced.pairing)
    best = _near(market, priced, budgets)
    ceiling = int(np.floor(priced.bound))
    while best.total < ceiling:
        for each, size in _looks(costs, priced.bound - ceiling):
            if size > LARGEST_CORE:
                return best, ceiling
            core = core_of(market, priced, costs, priced.bound - ceiling, each)
            last = each == len(costs)
            found, complete = best_of(market, core, budgets, None if last else ceiling)
            best = found if found and found.total > best.total else best
            if best.total >= ceiling or (last and not complete):
                return best, ceiling
        ceiling -= 1
    return best, ceiling


def _looks(costs: Reals, slack: float) -> Iterator[tuple[int, int]]:
    """How many of the cheapest pairs of each nominee to look at, one look after the other; how many that makes."""
    every = int((costs <= slack).sum())
    for each in (*FIRST_LOOKS, len(costs)):
        yield each, min(every, 2 * each * len(costs))


def _near(market: LagrangianModel, priced: PricedRound, budgets: Budgets) -> SolvedRound:
    """Return an allocation near the best: the pairs that the prices lead to, and the best outcomes for them."""
    pairing = _without_reciprocal_pairs(market, priced, budgets)
    everybody = np.arange(market.grid.size)
    benefit = market.grid.benefit[:, np.argsort(pairing), everybody].T.astype(float)
    taken = deal(market.grid, -benefit).taken
    return SolvedRound(pairing, taken, round(benefit[taken].sum()))


def _without_reciprocal_pairs(market: LagrangianModel, priced: PricedRound, budgets: Budgets) -> Ints:
    worth, pairing = priced.worth.copy(), priced.pairing
    with suppress(Infeasible):
        while not budgets:
            mutual = reciprocal(pairing)
            if not len(mutual):
                return pairing
            one_way = mutual[mutual < pairing[mutual]]
            worth[one_way, pairing[one_way]] = -np.inf
            pairing = best_pairing(worth)
    cost = -np.where(market.grid.pairs, priced.worth, 0)
    return cheapest_free_pairing(market.grid.pairs, cost, budgets)


def _allocation(
    problem: AllocationProblem, grid: ProblemArrays, best: SolvedRound, ceiling: int, mergeable: bool
) -> AllocationResult:
    worth = np.einsum("oij,jo->ij", grid.benefit, best.taken, optimize=True)
    pairing = merged(best.pairing, grid.pairs, worth) if mergeable else best.pairing
    scoring = Scoring(problem)
    reviews = _reviews(grid, scoring, pairing, best)
    repeats = scoring.repeats(reviews)
    fewer = tuple(-count for count in repeats)
    score = AllocationScore(repeats, None, tuple(sorted(review.benefit for review in reviews)))
    return AllocationResult(
        reviews=reviews,
        rings=tuple(tuple(grid.codes[member] for member in ring) for ring in rings_of(pairing)),
        score=score,
        certificate=OptimalityCertificate("total", (*fewer, score.total), (*fewer, ceiling)),
        problem_hash=problem_hash(problem),
    )


def _reviews(grid: ProblemArrays, scoring: Scoring, pairing: Ints, best: SolvedRound) -> tuple[AssignedReview, ...]:
    """Return the reviews in the order in which the problem names the reviewers."""
    made = {}
    for i, j in enumerate(pairing.tolist()):
        outcomes = [grid.outcomes[o] for o in np.flatnonzero(best.taken[j])]
        made[grid.codes[i]] = scoring.explained(grid.codes[i], grid.codes[j], outcomes)
    return tuple(made[nominee.code] for nominee in scoring.problem.nominees)
