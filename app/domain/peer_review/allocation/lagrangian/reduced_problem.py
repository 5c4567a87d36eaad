"""The best allocation among pairs and outcomes that cost little at the best prices: a small integer programme.

A pair with reduced cost `cost` (plus that of an outcome) can only be part of an allocation worth at most
`bound - cost`. So most pairs of a round, and most outcomes of the rest, can be left out.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Ints, Reals
from app.domain.peer_review.allocation.lagrangian.multipliers import FINENESS, LagrangianModel, PricedRound
from app.domain.peer_review.allocation.lagrangian.pair_assignment import Budgets, pairing_rows

WORK = 4_000_000
"""Branches times columns after which a programme is given up; a count, since a time limit is not reproducible."""
OPTIMAL, INFEASIBLE = 0, 2
"""Status codes of the solver."""


@dataclass(frozen=True, eq=False)
class SolvedRound:
    """Whom each reviews [i], what the review of each takes [j, o], and what it is worth in all."""

    pairing: Ints
    taken: Bools
    total: int


@dataclass(frozen=True, eq=False)
class ReducedProblem:
    """The pairs looked at [a], and what each takes in any case, or perhaps [a, o]."""

    arcs: Ints
    sure: Bools
    open: Bools


def core_of(market: LagrangianModel, priced: PricedRound, costs: Reals, slack: float, each: int) -> ReducedProblem:
    """Return the pairs that cost at most `slack`, limited to the `each` cheapest of each nominee, and the pairing."""
    cheap = costs <= slack
    if each < market.grid.size:
        spread = _spread(costs)
        cheap &= (_rank(spread, 1) < each) | (_rank(spread, 0) < each)
    cheap[np.arange(len(costs)), priced.pairing] = True
    arcs = np.argwhere(cheap & market.grid.pairs)
    sure, perhaps = _choices(market, priced, arcs, slack - costs[arcs[:, 0], arcs[:, 1]])
    return ReducedProblem(arcs, sure, perhaps)


def _spread(costs: Reals) -> Reals:
    """Costs in which no two of a row or column are equal: every reviewer prefers others among equals."""
    everybody = np.arange(len(costs))
    turn = (everybody[None, :] - everybody[:, None]) % len(costs)
    return costs + turn / (2 * FINENESS * len(costs))


def _rank(costs: Reals, axis: int) -> Ints:
    return np.argsort(np.argsort(costs, axis=axis), axis=axis)


def _choices(market: LagrangianModel, priced: PricedRound, arcs: Ints, left: Reals) -> tuple[Bools, Bools]:
    """Return what each arc takes in any case, and perhaps, if its choice may lose what is left."""
    grid = market.grid
    may = grid.cells[arcs[:, 1]]
    if grid.has_extras:
        return np.zeros(may.shape, bool), may
    after = (grid.benefit[:, arcs[:, 0], arcs[:, 1]] + market.will[:, arcs[:, 1]]).T - priced.prices[: may.shape[1]]
    sure, perhaps = np.zeros(may.shape, bool), np.zeros(may.shape, bool)
    for s, outcomes in enumerate(grid.sets):
        base, values = int(market.base[s]), after[:, outcomes]
        falling = -np.sort(-values, axis=1)
        last = falling[:, [base - 1]]
        following = falling[:, [base]] if base < values.shape[1] else np.full((len(arcs), 1), -np.inf)
        sure[:, outcomes] = values - following > left[:, None]
        perhaps[:, outcomes] = (last - values <= left[:, None]) & ~sure[:, outcomes] & may[:, outcomes]
    return sure, perhaps


def best_of(
    market: LagrangianModel, core: ReducedProblem, budgets: Budgets, goal: int | None
) -> tuple[SolvedRound | None, bool]:
    """Return the best allocation within the core if it is worth the goal, and whether the search was complete."""
    programme = _Programme(market, core)
    programme.demand_pairs(budgets)
    programme.demand_loads()
    programme.demand_choices()
    return programme.solved(goal)


class _Programme:
    """Columns: the arcs, then the open choices (arc, outcome), then the extras (arc, set)."""

    def __init__(self, market: LagrangianModel, core: ReducedProblem) -> None:
        self.grid, self.market, self.core = market.grid, market, core
        self.choices = np.argwhere(core.open)
        self.count, self.chosen = len(core.arcs), len(self.choices)
        self.extras = self.count * len(self.grid.sets) if self.grid.has_extras else 0
        self.width = self.count + self.chosen + self.extras
        self.rules: list[LinearConstraint] = []

    def demand(self, row: Ints, column: Ints, value: Reals | Ints, low: Reals | Ints, high: Reals | Ints) -> None:
        """Rows given by their entries, with their limits."""
        rows = coo_array((value, (row, column)), shape=(len(low), self.width)).tocsr()
        self.rules.append(LinearConstraint(rows, low, high))

    def demand_pairs(self, budgets: Budgets) -> None:
        """The hard rules of pairs, and repeats where they are counted."""
        arcs = self.core.arcs
        rows, low, high = pairing_rows(arcs, self.grid.size)
        entries = rows.tocoo()
        row, column = entries.coords
        self.demand(row, column, entries.data, low, high)
        for of_age, amount in budgets:
            spent = of_age[arcs[:, 0], arcs[:, 1]]
            self.demand(
                np.zeros(self.count, np.int64), np.arange(self.count), spent, np.array([amount]), np.array([amount])
            )

    def demand_loads(self) -> None:
        """Each outcome is looked at as often as it should."""
        arc, outcome = np.nonzero(self.core.sure)
        row = np.concatenate([outcome, self.choices[:, 1]])
        column = np.concatenate([arc, self.count + np.arange(self.chosen)])
        self.demand(row, column, np.ones(len(row)), *self.grid.loads)

    def demand_choices(self) -> None:
        """An arc that is used takes as many outcomes of each set as it should, one that is not used takes none."""
        for s, outcomes in enumerate(self.grid.sets):
            self._demand_choices_of(s, outcomes)
        if self.extras:
            self._demand_extras()

    def _demand_choices_of(self, s: int, outcomes: slice) -> None:
        in_set = (self.choices[:, 1] >= outcomes.start) & (self.choices[:, 1] < outcomes.stop)
        here = np.flatnonzero(in_set)
        rest = self.market.base[s] - self.core.sure[:, outcomes].sum(axis=1)
        arcs = np.unique(self.choices[here, 0]) if not self.extras else np.arange(self.count)
        number = np.full(self.count, -1)
        number[arcs] = np.arange(len(arcs))
        row = [number[self.choices[here, 0]], np.arange(len(arcs))]
        column = [self.count + here, arcs]
        value = [np.ones(len(here)), -rest[arcs].astype(float)]
        if self.extras:
            row.append(np.arange(len(arcs)))
            column.append(self._extra(s))
            value.append(-np.ones(len(arcs)))
        zero = np.zeros(len(arcs))
        self.demand(np.concatenate(row), np.concatenate(column), np.concatenate(value), zero, zero)
        twice = here if self.extras else here[rest[self.choices[here, 0]] > 1]
        self._only_with_arc(self.count + twice, self.choices[twice, 0])

    def _extra(self, s: int) -> Ints:
        return self.count + self.chosen + s * self.count + np.arange(self.count)

    def _only_with_arc(self, column: Ints, arc: Ints) -> None:
        each = np.arange(len(column))
        value = np.concatenate([np.ones(len(column)), -np.ones(len(column))])
        self.demand(
            np.concatenate([each, each]),
            np.concatenate([column, arc]),
            value,
            np.full(len(column), -np.inf),
            np.zeros(len(column)),
        )

    def _demand_extras(self) -> None:
        """As many extras of each set as there are, and in each review as many as its size allows."""
        reviewed, everyone = self.core.arcs[:, 1], np.arange(self.count)
        columns = [self._extra(s) for s in range(len(self.grid.sets))]
        for s, column in enumerate(columns):
            extras = self.market.extras[[s]]
            self.demand(np.zeros(self.count, np.int64), column, np.ones(self.count), extras, extras)
            self._only_with_arc(column, everyone)
            low, high = (takes[reviewed, s] - self.market.base[s] for takes in self.grid.takes)
            self._between(column, low, high)
        low, high = (size[reviewed] - self.market.base.sum() for size in self.grid.sizes)
        self._between(np.array(columns), low, high)

    def _between(self, columns: Ints, low: Ints, high: Ints) -> None:
        """low * arc <= sum of its columns <= high * arc."""
        columns = columns.reshape(-1, self.count)
        everyone = np.arange(self.count)
        row = np.concatenate([np.tile(everyone, len(columns)), everyone])
        column = np.concatenate([columns.ravel(), everyone])
        ones, unlimited = np.ones(columns.size), np.full(self.count, np.inf)
        self.demand(row, column, np.concatenate([ones, -low]), np.zeros(self.count), unlimited)
        self.demand(row, column, np.concatenate([ones, -high]), -unlimited, np.zeros(self.count))

    def solved(self, goal: int | None) -> tuple[SolvedRound | None, bool]:
        """See `best_of`. A goal that is demanded, not only sought, ends hopeless searches early."""
        arcs, benefit = self.core.arcs, self.grid.benefit
        of_arcs = benefit[:, arcs[:, 0], arcs[:, 1]].T.astype(float)
        gain = np.concatenate(
            [(of_arcs * self.core.sure).sum(axis=1), of_arcs[tuple(self.choices.T)], np.zeros(self.extras)]
        )
        if goal is not None:
            self.rules.append(LinearConstraint(coo_array(gain[None, :]).tocsr(), goal, np.inf))
        options = {"mip_rel_gap": 0, "node_limit": max(1, WORK // self.width)}
        found = milp(-gain, constraints=self.rules, bounds=(0, 1), integrality=1, options=options)
        complete = found.status in (OPTIMAL, INFEASIBLE)
        if found.x is None:
            return None, complete
        used = found.x[: self.count] > 0.5
        pairing = np.zeros(self.grid.size, np.int64)
        pairing[arcs[used, 0]] = arcs[used, 1]
        taken = np.zeros(self.grid.cells.shape, bool)
        taken[arcs[used, 1]] = self.core.sure[used]
        arc, outcome = self.choices[found.x[self.count : self.count + self.chosen] > 0.5].T
        taken[arcs[arc, 1], outcome] = True
        return SolvedRound(pairing, taken, round(-found.fun)), complete
