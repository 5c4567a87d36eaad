"""Find the smallest set of constraints that contradict each other, and the fewest to give up.

An integer programme in which every constraint has a column that lifts it. Lifting as few as possible is its optimum.
A smallest contradiction must share a constraint with every set whose lifting helps, so it is the smallest hitting
set of these, found one by one (Ignatiev, Previti, Liffiton, Marques-Silva 2015).
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

from app.domain.peer_review.allocation.result import AllocationConstraint

Row = tuple[Mapping[Any, int], float, float]
"""Columns with their factors, and the limits of their sum."""
Clauses = Mapping[AllocationConstraint, Sequence[Row]]
Reals = NDArray[np.float64]
NODES = 50_000


class ConstraintProgramme:
    """A binary programme; rows in `always` hold in any case, those of each constraint unless it is lifted."""

    def __init__(self, columns: Iterable[Hashable], always: Sequence[Row], clauses: Clauses) -> None:
        self.clauses = tuple(clauses)
        self.column = {name: number for number, name in enumerate((*columns, *self.clauses))}
        rows = [*always, *(part for clause in clauses for row in clauses[clause] for part in _liftable(clause, row))]
        self.rules = _rules(rows, self.column)

    def fewest_lifted(
        self, liftable: Collection[AllocationConstraint], found: Sequence[Collection[AllocationConstraint]] = ()
    ) -> tuple[AllocationConstraint, ...] | None:
        """Return the fewest constraints to lift, other than sets found before; None if lifting all does not help."""
        others: list[Row] = [(dict.fromkeys(each, 1), -np.inf, len(each) - 1) for each in found]
        cost, most = np.zeros(len(self.column)), np.ones(len(self.column))
        for clause in self.clauses:
            cost[self.column[clause]] = 1
            most[self.column[clause]] = clause in liftable
        solved = _solved([self.rules, _rules(others, self.column)], cost, most)
        if solved is None:
            return None
        return tuple(clause for clause in self.clauses if solved[self.column[clause]] > 0.5)

    def smallest_conflict(self) -> tuple[AllocationConstraint, ...]:
        """Return the smallest set of constraints that cannot hold together; empty if all can."""
        helps: list[tuple[AllocationConstraint, ...]] = []
        while True:
            conflict = _smallest_hitting(self.clauses, helps)
            lifted = self.fewest_lifted(set(self.clauses) - set(conflict))
            if lifted is None:
                return conflict
            if not lifted:
                return ()
            helps.append(lifted)


def _liftable(clause: AllocationConstraint, row: Row) -> list[Row]:
    """Return the row in two, each of which means nothing when the clause is lifted."""
    terms, low, high = row
    most, least = sum(max(0, each) for each in terms.values()), sum(min(0, each) for each in terms.values())
    rows: list[Row] = []
    if low > least:
        rows.append(({**terms, clause: int(low - least)}, low, np.inf))
    if high < most:
        rows.append(({**terms, clause: int(high - most)}, -np.inf, high))
    return rows


def _smallest_hitting(
    clauses: Sequence[AllocationConstraint], helps: Sequence[Collection[AllocationConstraint]]
) -> tuple[AllocationConstraint, ...]:
    """Of equally many, those without the rule about reviews in return: they are easier to follow."""
    column: dict[Hashable, int] = {clause: number for number, clause in enumerate(clauses)}
    cost = np.array([1000.0 + (clause.code == "not-in-return") for clause in clauses])
    rows: list[Row] = [(dict.fromkeys(each, 1), 1, np.inf) for each in helps]
    solved = _solved([_rules(rows, column)], cost, np.ones(len(column)))
    return tuple(clause for clause in clauses if solved is not None and solved[column[clause]] > 0.5)


def _rules(rows: Sequence[Row], column: Mapping[Any, int]) -> LinearConstraint:
    entries = [(r, column[name], factor) for r, row in enumerate(rows) for name, factor in row[0].items()]
    row, where, factor = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = coo_array((factor, (row, where)), shape=(len(rows), len(column))).tocsr()
    return LinearConstraint(matrix, [low for _, low, _ in rows], [high for *_, high in rows])


def _solved(rules: Sequence[LinearConstraint], cost: Reals, most: Reals) -> Reals | None:
    """Return the columns of least cost, None when the rules contradict each other."""
    there = [each for each in rules if each.A.shape[0]]
    options = {"mip_rel_gap": 0, "node_limit": NODES}
    found = milp(cost, constraints=there, bounds=(np.zeros(len(most)), most), integrality=1, options=options)
    return None if found.x is None else np.asarray(found.x)
