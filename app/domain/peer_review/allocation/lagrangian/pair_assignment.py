"""Who reviews whom, when each reviews one and is reviewed by one: assignment, its prices, and reciprocal pairs."""

import numpy as np
from scipy.optimize import LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Infeasible, Ints, Reals

Budgets = tuple[tuple[Reals, int], ...]
"""Costs [i, j], and what the pairs of a pairing shall cost in all."""
TRIES = 20
"""How many draws of a pairing are made before a solver is asked for one without reciprocal pairs."""


def best_pairing(worth: Reals) -> Ints:
    """Whom each reviews, worth most in all; -inf: must not meet. Impossible when somebody is left alone."""
    try:
        return np.asarray(linear_sum_assignment(worth, maximize=True)[1], dtype=np.int64)
    except ValueError as alone:
        raise Infeasible from alone


def reduced_costs(worth: Reals, pairing: Ints) -> Reals:
    """How much each pair would cost against the best pairing at least, by the prices of the assignment; 0 in it.

    Bellman and Ford: the price of being reviewed falls until no reviewer would gain by another. It ends,
    because the pairing is the best; it is exact where the worth is.
    """
    lost = worth[np.arange(len(worth)), pairing][:, None] - worth
    price = np.zeros(len(worth))
    while True:
        lower = np.minimum(price, (price[pairing][:, None] + lost).min(axis=0))
        if (lower == price).all():
            return np.asarray(price[pairing][:, None] + lost - price[None, :])
        price = lower


def reciprocal(pairing: Ints) -> Ints:
    """Those who review one that reviews them; nobody minds where only two take part."""
    everybody = np.arange(len(pairing))
    return everybody[pairing[pairing] == everybody] if len(pairing) > 2 else everybody[:0]


def free_pairing(allowed: Bools) -> Ints:
    """Some pairing without reciprocal pairs; Impossible when there is none."""
    drawn = np.random.default_rng(len(allowed))
    for _ in range(TRIES):
        pairing = best_pairing(np.where(allowed, drawn.integers(1, 1000, allowed.shape), -np.inf))
        if not len(reciprocal(pairing)):
            return pairing
    return cheapest_free_pairing(allowed, np.zeros(allowed.shape))


def cheapest_free_pairing(allowed: Bools, cost: Reals, budgets: Budgets = ()) -> Ints:
    """The pairing of least cost without reciprocal pairs, each budget used to the last; Impossible: there is none."""
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
    """The hard rules of pairs on some arcs: each reviews one, each is reviewed by one, none of them mutual."""
    count = len(arcs)
    number = {(i, j): index for index, (i, j) in enumerate(arcs.tolist())}
    mutual = [(index, number[j, i]) for (i, j), index in number.items() if i < j and (j, i) in number and size > 2]
    row = np.concatenate([arcs[:, 0], size + arcs[:, 1], np.repeat(2 * size + np.arange(len(mutual)), 2)])
    column = np.concatenate([np.arange(count), np.arange(count), np.array(mutual, dtype=np.int64).ravel()])
    rows = csr_array((np.ones(len(row)), (row, column)), shape=(2 * size + len(mutual), count))
    low = np.concatenate([np.ones(2 * size), np.zeros(len(mutual))])
    return rows, low, np.ones(len(low))
