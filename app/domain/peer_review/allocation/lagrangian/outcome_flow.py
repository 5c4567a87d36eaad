"""Which outcomes each review takes at given costs: a network flow, so that its optimum is integral."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array, hstack, kron, vstack
from scipy.sparse import eye_array as ones_on_diagonal

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Infeasible, ProblemArrays, Reals

SLACK = 1e-6
"""The tolerance of the linear programming solver around whole numbers."""


@dataclass(frozen=True, eq=False)
class OutcomeFlow:
    """The best assignment of outcomes: its cells [j, o], and the arrays restricted to all equally good ones."""

    taken: Bools
    face: ProblemArrays


def deal(grid: ProblemArrays, cost: Reals) -> OutcomeFlow:
    """Return outcomes for every review at the least cost [j, o]; Infeasible if the rules allow none."""
    rows, low, high = _rows(grid)
    equal = low == high
    found = linprog(
        cost.ravel(),
        A_ub=vstack([rows[~equal], -rows[~equal]]) if (~equal).any() else None,
        b_ub=np.concatenate([high[~equal], -low[~equal]]) if (~equal).any() else None,
        A_eq=rows[equal],
        b_eq=high[equal],
        bounds=np.stack([grid.fixed.ravel(), grid.cells.ravel()], axis=1).astype(float),
        method="highs-ds",
    )
    if found.x is None:
        raise Infeasible
    return OutcomeFlow(taken=(found.x > 0.5).reshape(cost.shape), face=_face(grid, found, equal))


def _rows(grid: ProblemArrays) -> tuple[csr_array, Reals, Reals]:
    """Sums of cells with their limits: review and set, review, outcome, set."""
    n, sets = grid.size, [each.stop - each.start for each in grid.sets]
    by_set = block_diag([np.ones((1, width)) for width in sets], format="csr")
    rows = vstack(
        [
            kron(ones_on_diagonal(n), by_set),
            kron(ones_on_diagonal(n), np.ones((1, sum(sets)))),
            hstack([ones_on_diagonal(sum(sets))] * n),
            hstack([by_set] * n),
        ],
        format="csr",
    )
    low = np.concatenate([grid.takes[0].ravel(), grid.sizes[0], grid.loads[0], grid.places])
    high = np.concatenate([grid.takes[1].ravel(), grid.sizes[1], grid.loads[1], grid.places])
    return rows, low.astype(float), high.astype(float)


def _face(grid: ProblemArrays, found: object, equal: Bools) -> ProblemArrays:
    """Complementary slackness: what has a price is used to its limit in every optimum, and in nothing else."""
    priced = np.zeros((2, len(equal)), bool)
    if (~equal).any():
        upper, lower = np.split(np.asarray(found.ineqlin.marginals), 2)  # type: ignore[attr-defined]
        priced[0, ~equal], priced[1, ~equal] = np.abs(upper) > SLACK, np.abs(lower) > SLACK
    shape = grid.cells.shape
    empty = (np.asarray(found.lower.marginals) > SLACK).reshape(shape) & ~grid.fixed  # type: ignore[attr-defined]
    full = (np.asarray(found.upper.marginals) < -SLACK).reshape(shape) & grid.cells  # type: ignore[attr-defined]
    cuts = np.cumsum([grid.takes[0].size, grid.size, len(grid.outcomes)])
    at_most, at_least = (np.split(each, cuts) for each in priced)
    return grid.narrowed(
        cells=grid.cells & ~empty,
        fixed=grid.fixed | full,
        takes=_tight(grid.takes, at_least[0].reshape(grid.takes[0].shape), at_most[0].reshape(grid.takes[0].shape)),
        sizes=_tight(grid.sizes, at_least[1], at_most[1]),
        loads=_tight(grid.loads, at_least[2], at_most[2]),
    )


def _tight(limits: tuple[np.ndarray, np.ndarray], at_least: Bools, at_most: Bools) -> tuple[np.ndarray, np.ndarray]:
    low, high = limits
    return np.where(at_most, high, low), np.where(at_least, low, high)
