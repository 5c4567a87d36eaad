"""What depends on outcomes only, whoever reviews whom: the fewest repeats, then the fewest rounds left.

The hard rules for outcomes make a transportation polytope, so that these small programmes hardly ever branch;
what is asked of them are small whole numbers, far further apart than the tolerance of the solver.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from app.domain.peer_review.allocation.exact.outcome_sets import Integers, OutcomeSetTable
from app.domain.peer_review.allocation.rotation import RotationPeriod

Demand = tuple[Integers, int, int]
"""How many of what at least, and at most."""

FAR = 10_000
"""More than anything that is counted here."""


@dataclass
class OutcomeAssignments:
    """All assignments of outcomes to reviews, restricted by one constraint after another."""

    shares: OutcomeSetTable
    #: Reviews by outcomes: 1 where staff decided.
    fixed: Integers
    _demands: list[Demand] = field(default_factory=list)
    _has_a_deal: bool = False

    def __post_init__(self) -> None:
        """Demand the hard rules."""
        reviews = range(self.shares.nominees)
        places = sum(span.places for span in self.shares.spans)
        for review in reviews:
            self._demand(self._cells(review, slice(None)), places // len(reviews), -(-places // len(reviews)))
        for span in self.shares.spans:
            part = slice(span.first, span.first + span.size)
            self._demand(self._cells(slice(None), part), span.places, span.places)
            for review in reviews:
                self._demand(self._cells(review, part), span.few, span.many)
            for outcome in span.positions:
                self._demand(self._cells(slice(None), outcome), span.least, span.most)

    def fewest(self, cells: Integers) -> int | None:
        """Return the least number of these cells in an assignment, and keep to it from now on; None if there is none.

        Where there are none it is asked for the first time only, to see whether there is a deal at all.
        """
        if self._has_a_deal and not cells.any():
            return 0
        cost = self._cost(cells)
        bound = self._solve(cost)
        if bound is not None:
            self._has_a_deal = True
            self._demand(cost, 0, bound)
        return bound

    def can_end(self, laps: Iterable[RotationPeriod], rounds: int, without: Integers | None = None) -> bool:
        """Return whether an assignment (`without` these cells) leaves at most this many rounds in the periods.

        Lap.fits, said as demands.
        """
        leaving = [demand for lap in laps for demand in self._leaving(lap, rounds)]
        if without is not None:
            leaving.append((self._cost(without), 0, 0))
        return self._solve(np.zeros(self._width, np.int64), leaving) is not None

    def leave_no_more(self, laps: Iterable[RotationPeriod], rounds: int) -> None:
        """Restrict to assignments that leave at most this many rounds in the periods."""
        self._demands += [demand for lap in laps for demand in self._leaving(lap, rounds)]

    @property
    def _width(self) -> int:
        """The cells, and for each outcome how often boards will need it: the last columns."""
        return int(self.fixed.size + self.fixed.shape[1])

    def _cells(self, review: int | slice, outcome: int | slice) -> Integers:
        row = np.zeros(self._width, np.int64)
        row[: self.fixed.size].reshape(self.fixed.shape)[review, outcome] = 1
        return row

    def _cost(self, cells: Integers) -> Integers:
        return np.append(cells.ravel(), np.zeros(self.fixed.shape[1], np.int64))

    def _demand(self, row: Integers, least: int, most: int) -> None:
        self._demands.append((row, least, most))

    def _leaving(self, lap: RotationPeriod, rounds: int) -> Iterator[Demand]:
        """Enough outcomes for each board, enough boards for each outcome, and not too many visits in all."""
        span, wanted = lap.span, self._wanted(lap)
        visits = np.zeros(self._width, np.int64)
        for review, left in enumerate(lap.left):
            yield self._cells(review, slice(None)) * wanted, left.bit_count() - span.many * rounds, FAR
        for outcome, waiting in zip(span.positions, lap.boards_waiting, strict=True):
            served = self._cells(slice(None), outcome) * wanted
            visit = np.zeros(self._width, np.int64)
            visit[self.fixed.size + outcome] = 1
            visits += visit
            yield served, waiting - span.most * rounds, FAR
            yield visit, span.least * rounds, FAR
            yield served + visit, waiting, FAR
        yield visits, 0, span.places * rounds

    def _wanted(self, lap: RotationPeriod) -> Integers:
        """1 where a board has yet to be reviewed on an outcome of the lap."""
        wanted = np.zeros(self._width, np.int64)
        cells = wanted[: self.fixed.size].reshape(self.fixed.shape)
        for review, left in enumerate(lap.left):
            for outcome in lap.span.positions:
                cells[review, outcome] = left >> outcome & 1
        return wanted

    def _solve(self, cost: Integers, more: Sequence[Demand] = ()) -> int | None:
        """Return the least cost of a deal: the bound that the solver proved, rounded up, for costs are whole."""
        demands = [*self._demands, *more]
        rows, least, most = (np.array(part) for part in zip(*demands, strict=True))
        lower = np.zeros(self._width)
        lower[: self.fixed.size] = self.fixed.ravel()
        upper = np.full(self._width, FAR)
        upper[: self.fixed.size] = 1
        found = milp(cost, constraints=LinearConstraint(rows, least, most), bounds=Bounds(lower, upper), integrality=1)
        return math.ceil(found.mip_dual_bound - 1e-6) if found.success else None
