"""Lagrangian relaxation of the load limits: prices (multipliers) of outcomes, and the bound that they prove.

Only the load limits link the reviews. With a price on each outcome instead, every pair takes the outcomes with the
highest benefit minus price, and the pairs are an assignment problem. For any prices, that assignment plus the places
at their prices is an upper bound; the prices sought make it least. The bound is convex and piecewise linear in the
prices: each trial gives a plane below it, and the next prices minimise these planes within a box around the best so
far (a cutting plane method).

Prices are multiples of 1/4096, so that all sums are exact and the bound is not rounded.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from app.domain.peer_review.allocation.lagrangian.arrays import Ints, ProblemArrays, Reals
from app.domain.peer_review.allocation.lagrangian.pair_assignment import best_pairing

FINENESS = 4096
STEPS = 200
"""The most trials of prices; a few dozen are usually enough."""
CLOSE = 0.02
"""Stop when the bound could fall by no more than this."""


@dataclass(frozen=True, eq=False)
class PricedRound:
    """A trial of prices. `worth` [i, j]: benefit of a pair after prices; `demand`: how often each outcome is taken."""

    prices: Reals
    worth: Reals
    pairing: Ints
    demand: Reals
    value: float
    bound: float


class LagrangianModel:
    """The relaxed problem. Prices: one for each outcome, then one for an extra outcome of each set."""

    def __init__(self, grid: ProblemArrays) -> None:
        largest = float(grid.benefit.max(initial=1))
        self.grid = grid
        #: More than any benefit and price together, so that what must (not) be taken is (not); a power of two.
        self.compelling = 2.0 ** np.ceil(np.log2(64 * largest + 1))
        self.dearest = self.compelling / 4
        will = np.where(grid.fixed, self.compelling, np.where(grid.cells, 0, -self.compelling))
        self.will: NDArray[Any] = will.T.astype(grid.benefit.dtype)
        self.certain = self.compelling * grid.fixed.sum(axis=1)
        self.base = grid.takes[0].min(axis=0)
        self.extras = grid.places - grid.size * self.base
        self.least = np.concatenate([grid.loads[0], self.extras]).astype(float)
        self.most = np.concatenate([grid.loads[1], self.extras]).astype(float)

    def at(self, prices: Reals) -> PricedRound:
        """Return the best pairing at these prices and the bound they prove."""
        worth = np.where(self.grid.pairs, self.worth(prices), -np.inf)
        pairing = best_pairing(worth)
        value = float(worth[np.arange(len(pairing)), pairing].sum())
        bound = value + float(np.maximum(prices * self.most, prices * self.least).sum())
        return PricedRound(prices, worth, pairing, self.demand(prices, pairing), value, bound)

    def worth(self, prices: Reals) -> Reals:
        """Return the benefit of each pair [i, j] after prices, with its best outcomes."""
        total = -np.tile(self.certain, (self.grid.size, 1))
        margins = []
        for s, outcomes in enumerate(self.grid.sets):
            best = self._largest(prices, outcomes, int(self.base[s]) + bool(self.extras[s]))
            for value in best[: self.base[s]]:
                total += value
            if self.extras[s]:
                margins.append(self._margin(best[-1].astype(float), prices, s))
        return total + self._with_extras(margins) if margins else total

    def demand(self, prices: Reals, pairing: Ints) -> Reals:
        """Return how many of these pairs take each outcome, and how many take an extra outcome of each set."""
        everybody = np.arange(len(pairing))
        after = self.grid.benefit[:, everybody, pairing] + self.will[:, pairing] - prices[: len(self.will), None]
        taken = np.zeros(after.shape)
        margins, following = [], []
        for s, outcomes in enumerate(self.grid.sets):
            ranked = np.argsort(-after[outcomes], axis=0, kind="stable") + outcomes.start
            taken[ranked[: self.base[s]], everybody] = 1
            if self.extras[s]:
                following.append((s, ranked[self.base[s]]))
                margins.append(self._margin(after[ranked[self.base[s]], everybody], prices, s, pairing))
        extras = np.zeros(len(self.grid.sets))
        for (s, next_best), chosen in zip(following, self._choose(np.array(margins), pairing), strict=False):
            taken[next_best[chosen], everybody[chosen]] = 1
            extras[s] = chosen.sum()
        return np.concatenate([taken.sum(axis=1), extras])

    def _largest(self, prices: Reals, outcomes: slice, count: int) -> list[NDArray[np.floating]]:
        """The `count` largest worths of a set's outcomes for each pair, after prices: one pass over the outcomes."""
        numbers = range(outcomes.start, outcomes.stop)
        largest = [np.full(self.grid.pairs.shape, -np.inf, self.grid.benefit.dtype) for _ in range(count)]
        higher = np.empty_like(self.grid.benefit[0])
        after = np.empty_like(higher)
        for o in numbers:
            np.add(self.grid.benefit[o], (self.will[o] - prices[o]).astype(after.dtype)[None, :], out=after)
            for rank, best in enumerate(largest):
                np.maximum(best, after, out=higher)
                np.minimum(best, after, out=after)
                largest[rank], higher = higher, best
        return largest

    def _margin(self, following: Reals, prices: Reals, s: int, reviewed: Ints | slice = slice(None)) -> Reals:
        """What one more of a set is worth [..., j]; it is compelled or out of the question where the limits say so."""
        must = (self.grid.takes[0][:, s] > self.base[s])[reviewed]
        may = (self.grid.takes[1][:, s] > self.base[s])[reviewed]
        push = np.where(must, self.compelling, np.where(may, 0, -self.compelling))
        return np.asarray(following - prices[len(self.will) + s] + push)

    def _with_extras(self, margins: list[Reals]) -> Reals:
        everybody = np.arange(self.grid.size)
        stack = np.array(margins)
        chosen = self._choose(stack, everybody)
        must = (self.grid.takes[0] > self.base).sum(axis=1) * self.compelling
        return np.asarray(np.where(chosen, stack, 0).sum(axis=0) - must[None, :])

    def _choose(self, margins: Reals, reviewed: Ints) -> NDArray[np.bool_]:
        """Which extras are taken [set, ..., reviewed]: as many as a review must, more while they pay and it may."""
        if not len(margins):
            return np.zeros(margins.shape, bool)
        low = (self.grid.sizes[0] - self.base.sum())[reviewed]
        high = (self.grid.sizes[1] - self.base.sum())[reviewed]
        rank = np.argsort(np.argsort(-margins, axis=0, kind="stable"), axis=0, kind="stable")
        return np.asarray((rank < low) | ((rank < high) & (margins > 0)))


def best_prices(market: LagrangianModel) -> PricedRound:
    """Return the prices with the least bound, within CLOSE."""
    centre = market.at(np.zeros(len(market.most)))
    tried, reach = [centre], max(1.0, market.compelling / 128)
    for _ in range(STEPS):
        prices, floor = _lowest(market, tried, centre, reach)
        if centre.bound - floor <= CLOSE:
            break
        found = market.at(prices)
        tried.append(found)
        if centre.bound - found.bound > 0.1 * (centre.bound - floor):
            centre, reach = found, 1.5 * reach
        else:
            reach = max(0.6 * reach, 8 / FINENESS)
    return centre


def _lowest(
    market: LagrangianModel, tried: list[PricedRound], centre: PricedRound, reach: float
) -> tuple[Reals, float]:
    """Where the planes through what was tried are lowest near the centre, and how low. Price = dear - cheap."""
    count = len(market.most)
    demand = np.array([each.demand for each in tried])
    height = np.array([each.value + each.demand @ each.prices for each in tried])
    top = np.minimum(centre.prices + reach, market.dearest)
    low = np.maximum(centre.prices - reach, -market.dearest)
    free = market.least < market.most
    found = linprog(
        np.concatenate([market.most, -market.least[free], [1]]),
        A_ub=np.hstack([-demand, demand[:, free], -np.ones((len(tried), 1))]),
        b_ub=-height,
        bounds=[
            *((max(0, low[o]) if free[o] else low[o], max(0, top[o]) if free[o] else top[o]) for o in range(count)),
            *((max(0, -top[o]), max(0, -low[o])) for o in np.flatnonzero(free)),
            (None, None),
        ],
        method="highs-ds",
    )
    prices = found.x[:count].copy()
    prices[free] -= found.x[count:-1]
    return np.round(prices * FINENESS) / FINENESS, float(found.fun)
