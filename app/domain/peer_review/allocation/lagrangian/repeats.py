"""The fewest repeats within memory, and what is allowed with no more than these.

No hard rule couples pairs and outcomes, so each has its own fewest; and lexicographic order adds up. Both are
optima of an assignment or a flow, whose best solutions are exactly those that use nothing with a reduced cost:
so each demand of the order (fewest; then fewest of last year ...) only takes pairs and outcomes away.
"""

from contextlib import suppress

import numpy as np

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Infeasible, ProblemArrays
from app.domain.peer_review.allocation.lagrangian.outcome_flow import deal
from app.domain.peer_review.allocation.lagrangian.pair_assignment import (
    Budgets,
    best_pairing,
    cheapest_free_pairing,
    free_pairing,
    reduced_costs,
)


def fewest_repeats(grid: ProblemArrays) -> tuple[ProblemArrays, Budgets]:
    """Return the arrays restricted to allocations with the fewest repeats; Infeasible if the hard rules allow none.

    The budgets count the repeats of pairs, of each age, in the rare round where narrowing cannot say it.
    """
    allowed, budgets = _fewest_of_pairs(grid)
    return _fewest_of_outcomes(grid).narrowed(pairs=allowed), budgets


def _fewest_of_outcomes(grid: ProblemArrays) -> ProblemArrays:
    new = grid.narrowed(cells=grid.cells & (~grid.cell_repeats[0] | grid.fixed))
    with suppress(Infeasible):
        deal(new, np.zeros(grid.cells.shape))
        return new
    narrowed = grid
    for of_age in grid.cell_repeats:
        narrowed = deal(narrowed, of_age.astype(float)).face
    return narrowed


def _fewest_of_pairs(grid: ProblemArrays) -> tuple[Bools, Budgets]:
    new = grid.pairs & ~grid.pair_repeats[0]
    with suppress(Infeasible):
        free_pairing(new)
        return new, ()
    allowed = grid.pairs
    for of_age in grid.pair_repeats:
        worth = np.where(allowed, -of_age.astype(float), -np.inf)
        allowed = allowed & (reduced_costs(worth, best_pairing(worth)) == 0)
    with suppress(Infeasible):
        free_pairing(allowed)
        return allowed, ()
    return grid.pairs, _fewest_without_reciprocal_pairs(grid)


def _fewest_without_reciprocal_pairs(grid: ProblemArrays) -> Budgets:
    """Where the fewest repeats would need reciprocal pairs: count the repeats, one age after the other."""
    budgets: Budgets = ()
    for of_age in grid.pair_repeats.astype(float):
        best = cheapest_free_pairing(grid.pairs, of_age, budgets)
        budgets += ((of_age, round(of_age[np.arange(grid.size), best].sum())),)
    return budgets
