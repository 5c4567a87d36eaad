"""Who reviews whom as an assignment problem, its dual prices, and pairs that review each other."""

import numpy as np
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Infeasible, Ints, Reals

Budgets = tuple[tuple[Reals, int], ...]
"""Costs [i, j], and what the pairs of a pairing shall cost in all."""
TRIES = 20
"""The most random trials of a pairing before a solver is asked for one without reciprocal pairs."""


def best_pairing(worth: Reals) -> Ints:
    """Return the pairing with the most worth; -inf excludes a pair. Infeasible if there is no pairing."""
    try:
        return np.asarray(linear_sum_assignment(worth, maximize=True)[1], dtype=np.int64)
    except ValueError as alone:
        raise Infeasible from alone


def reduced_costs(worth: Reals, pairing: Ints) -> Reals:
    """Return the least cost of using each pair instead of the best pairing (reduced costs); 0 within it.

    Bellman-Ford: the price of being reviewed falls until no reviewer would gain by another. It terminates because the
    pairing is optimal, and is exact where the worth is.
    """
    lost = worth[np.arange(len(worth)), pairing][:, None] - worth
    price = np.zeros(len(worth))
    while True:
        lower = np.minimum(price, (price[pairing][:, None] + lost).min(axis=0))
        if (lower == price).all():
            return np.asarray(price[pairing][:, None] + lost - price[None, :])
        price = lower


def reciprocal(pairing: Ints) -> Ints:
    """Return those whose reviewer they review; none if only two take part."""
    everybody = np.arange(len(pairing))
    return everybody[pairing[pairing] == everybody] if len(pairing) > 2 else everybody[:0]


def free_pairing(allowed: Bools) -> Ints:
    """Return any pairing without reciprocal pairs; Infeasible if there is none."""
    drawn = np.random.default_rng(len(allowed))
    for _ in range(TRIES):
        pairing = best_pairing(np.where(allowed, drawn.integers(1, 1000, allowed.shape), -np.inf))
        if not len(reciprocal(pairing)):
            return pairing
    return cheapest_free_pairing(allowed, np.zeros(allowed.shape))


def cheapest_free_pairing(allowed: Bools, cost: Reals, budgets: Budgets = ()) -> Ints:
    """Return the cheapest pairing without reciprocal pairs that meets each budget exactly; else Infeasible."""
    arcs = np.argwhere(allowed)
    rows, low, high = pairing_rows(arcs, len(allowed))
    spent = [(csr_array(each[arcs[:, 0], arcs[:, 1]][None, :]), amount) for each, amount in budgets]
    rules = [LinearConstraint(rows, low, high), *(LinearConstraint(row, amount, amount) for row, amount in spent)]
    found = milp(cost[arcs[:, 0], arcs[:, 1]], constraints=rules, bounds=(0, 1), integrality=1) if len(arcs) else None
    if found is None or found.x is None:
        raise Infeasible
    pairing = np.zeros(len(allowed), np.int64)
    for i, j in arcs[found.x > 0.5]:
        pairing[i] = j
    return pairing


def pairing_rows(arcs: Ints, size: int) -> tuple[csr_array, Reals, Reals]:
    """Return rows for these arcs: each reviews one, each is reviewed by one, none mutually."""
    count = len(arcs)
    number = {(i, j): index for index, (i, j) in enumerate(arcs.tolist())}
    mutual = [(index, number[j, i]) for (i, j), index in number.items() if i < j and (j, i) in number and size > 2]
    row = np.concatenate([arcs[:, 0], size + arcs[:, 1], np.repeat(2 * size + np.arange(len(mutual)), 2)])
    column = np.concatenate([np.arange(count), np.arange(count), np.array(mutual, dtype=np.int64).ravel()])
    rows = csr_array((np.ones(len(row)), (row, column)), shape=(2 * size + len(mutual), count))
    low = np.concatenate([np.ones(2 * size), np.zeros(len(mutual))])
    return rows, low, np.ones(len(low))
