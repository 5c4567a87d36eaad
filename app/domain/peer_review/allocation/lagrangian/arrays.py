"""A problem as arrays: allowed pairs and outcomes, and the benefit of each.

Axes: i reviewers, j reviewed, o outcomes, s sets. The seed decides the order of nominees and outcomes in the arrays;
the solver prefers the earlier of equals, and so the seed breaks ties.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.peer_review.allocation.problem import AllocationProblem, OutcomeSet, Pair
from app.domain.peer_review.allocation.scoring import Scoring


class Infeasible(Exception):
    """No allocation keeps the hard rules."""


Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ProblemArrays:
    """What is allowed so far; solving restricts it further."""

    codes: tuple[str, ...]
    outcomes: tuple[str, ...]
    #: Where each set stands among the outcomes.
    sets: tuple[slice, ...]
    #: [i, j]: may i review j.
    pairs: Bools
    #: [j, o]: may, and must, the review of j take o.
    cells: Bools
    fixed: Bools
    #: [j, s]: how many outcomes of the set the review of j takes at least and at most; [s]: all reviews together.
    takes: tuple[Ints, Ints]
    places: Ints
    #: [j]: how many outcomes of all sets together the review of j takes at least and at most.
    sizes: tuple[Ints, Ints]
    #: [o]: how many reviews look at the outcome at least and at most.
    loads: tuple[Ints, Ints]
    #: [o, i, j]: what the outcome is worth.
    benefit: NDArray[Any]
    #: [a, i, j] and [a, j, o]: is it a repeat of any age (a = 0), of a years ago.
    pair_repeats: Bools
    cell_repeats: Bools

    @property
    def size(self) -> int:
        """How many take part."""
        return len(self.codes)

    @property
    def has_extras(self) -> bool:
        """Whether some reviews take more outcomes than others."""
        return bool((self.places != self.size * self.takes[0].min(axis=0)).any())

    def narrowed(self, **parts: object) -> "ProblemArrays":
        """Return the same with less allowed."""
        return replace(self, **parts)  # type: ignore[arg-type]


def load_limits(outcomes: OutcomeSet, nominees: int) -> tuple[int, int]:
    """Return how often each outcome of a set is reviewed, at least (1 or more) and at most, as evenly as possible."""
    places, count = outcomes.places(nominees), len(outcomes.outcomes)
    return max(1, places // count), -(-places // count)


def grid_of(problem: AllocationProblem) -> ProblemArrays:
    """Return the arrays of a problem, in the order that its seed gives."""
    drawn = random.Random(problem.seed)  # noqa: S311 - a draw that can be repeated is what is wanted
    codes = drawn.sample([nominee.code for nominee in problem.nominees], len(problem.nominees))
    sets = [drawn.sample(each.outcomes, len(each.outcomes)) for each in problem.sets]
    outcomes = [outcome for each in sets for outcome in each]
    scoring = Scoring(problem)
    remembered = [scoring.nominees[code].board for code in codes] if problem.by_board else codes
    places = np.array([each.places(len(codes)) for each in problem.sets])
    least = np.tile(places // len(codes), (len(codes), 1))
    sizes = places.sum() // len(codes), -(-places.sum() // len(codes))
    loads = [load_limits(each, len(codes)) for each in problem.sets for _ in each.outcomes]
    return ProblemArrays(
        codes=tuple(codes),
        outcomes=tuple(outcomes),
        sets=tuple(_slices(sets)),
        pairs=_pairs(problem, codes),
        cells=np.ones((len(codes), len(outcomes)), bool),
        fixed=_fixed(problem, codes, outcomes),
        takes=(least, least + (places % len(codes) > 0)),
        places=places,
        sizes=(np.full(len(codes), sizes[0]), np.full(len(codes), sizes[1])),
        loads=(np.array([low for low, _ in loads]), np.array([high for _, high in loads])),
        benefit=_benefit(problem, scoring, codes, outcomes),
        pair_repeats=_repeats(problem, scoring.last_pairs, remembered, remembered),
        cell_repeats=_repeats(problem, scoring.last_outcomes, remembered, outcomes),
    )


def _slices(sets: list[list[str]]) -> Iterator[slice]:
    begin = 0
    for each in sets:
        yield slice(begin, begin + len(each))
        begin += len(each)


def _pairs(problem: AllocationProblem, codes: list[str]) -> Bools:
    number = {code: index for index, code in enumerate(codes)}
    boards = {nominee.code: nominee.board for nominee in problem.nominees}
    board = np.array([boards[code] for code in codes])
    allowed: Bools = board[:, None] != board[None, :]
    for one, other in problem.conflicts:
        allowed[number[one], number[other]] = allowed[number[other], number[one]] = False
    for fixed in problem.fixed:
        if fixed.reviewer is not None:
            i, j = number[fixed.reviewer], number[fixed.reviewed]
            alone = allowed[i, j]
            allowed[i, :] = allowed[:, j] = False
            allowed[i, j] = alone
    return allowed


def _fixed(problem: AllocationProblem, codes: list[str], outcomes: list[str]) -> Bools:
    must = np.zeros((len(codes), len(outcomes)), bool)
    for fixed in problem.fixed:
        for outcome in fixed.outcomes:
            must[codes.index(fixed.reviewed), outcomes.index(outcome)] = True
    return must


def _benefit(problem: AllocationProblem, scoring: Scoring, codes: list[str], outcomes: list[str]) -> NDArray[Any]:
    """Scoring.benefit of every outcome of every pair. Whole numbers: single precision holds small ones exactly."""
    nominees = [scoring.nominees[code] for code in codes]
    weights = problem.weights
    largest = weights.wish + 2 * weights.step
    level = np.array([[nominee.levels.get(outcome) or 0 for nominee in nominees] for outcome in outcomes], np.int32)
    wished = np.array([[outcome in nominee.wishes for nominee in nominees] for outcome in outcomes])
    worth = np.empty((len(outcomes), len(codes), len(codes)), np.float32 if largest <= 8 else np.float64)
    for o, levels in enumerate(level):
        above = np.maximum(0, levels[:, None] - levels[None, :]) * (levels[None, :] > 0)
        worth[o] = weights.wish * wished[o][None, :] + weights.step * above
    return worth


def _repeats(problem: AllocationProblem, latest: Mapping[Pair, int], first: list[str], second: list[str]) -> Bools:
    """Return which of the first met which of the second within memory: [0] at any age, [a] a years ago."""
    found = np.zeros((problem.memory + 1, len(first), len(second)), bool)
    for (one, other), year in latest.items():
        age = problem.year - year
        if age <= problem.memory:
            here = np.ix_([0, age], _where(first, one), _where(second, other))
            found[here] = True
    return found


def _where(names: list[str], name: str) -> list[int]:
    return [index for index, each in enumerate(names) if each == name]
