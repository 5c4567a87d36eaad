"""The state of the rotation as a page shows it: each board's reviews, and whether the period can end in time."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import permutations
from operator import or_

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.rotation import Rotation, RotationPeriod, earlier, rotation


@dataclass(frozen=True)
class BoardRotation:
    """One board in this period: whom it reviewed and on what it was reviewed, each with the year or None."""

    board: str
    reviewed: Mapping[str, int | None]
    looked_at: Mapping[str, int | None]


@dataclass(frozen=True)
class RotationPeriodStatus:
    """A rotation period in rounds: how many have passed, the fewest still needed, and how many a full one takes."""

    done: int
    needed: int
    whole: int

    @property
    def is_on_course(self) -> bool:
        """Whether the period can still end within the rounds that a full period takes."""
        return self.done + self.needed <= self.whole


@dataclass(frozen=True)
class RotationStatus:
    """The rotation before the round of a problem."""

    boards: tuple[BoardRotation, ...]
    pairs: RotationPeriodStatus
    outcomes: RotationPeriodStatus


def rotation_map(problem: AllocationProblem) -> RotationStatus | None:
    """Return the rotation status; None where boards do not nominate one cluster each, or are not three to seven."""
    standing = rotation(problem)
    if standing is None:
        return None
    whole = untouched(standing)
    return RotationStatus(
        tuple(_of_board(problem, standing, at) for at in range(len(standing.boards))),
        RotationPeriodStatus(_rounds_of_pairs(problem, standing), standing.rounds_for_pairs, whole.rounds_for_pairs),
        RotationPeriodStatus(
            _rounds_of_outcomes(problem, standing), standing.rounds_for_outcomes, whole.rounds_for_outcomes
        ),
    )


def untouched(standing: Rotation) -> Rotation:
    """Return the rotation of these boards at the start of a period."""
    boards = range(len(standing.boards))
    laps = (RotationPeriod(lap.span, tuple(lap.span.bits for _ in boards)) for lap in standing.laps)
    return Rotation(standing.boards, frozenset(permutations(boards, 2)), tuple(laps))


def _of_board(problem: AllocationProblem, standing: Rotation, at: int) -> BoardRotation:
    board = standing.boards[at]
    past = sorted(earlier(problem), key=lambda one: one.year)
    met = {one.reviewed_board: one.year for one in past if one.reviewer_board == board}
    seen = {outcome: one.year for one in past if one.reviewed_board == board for outcome in one.outcomes}
    left = reduce(or_, (lap.left[at] for lap in standing.laps), 0)
    return BoardRotation(
        board,
        {
            other: None if (at, place) in standing.pairs else met[other]
            for place, other in enumerate(standing.boards)
            if place != at
        },
        {outcome: None if left >> place & 1 else seen.get(outcome) for place, outcome in enumerate(problem.outcomes)},
    )


def _rounds_of_pairs(problem: AllocationProblem, standing: Rotation) -> int:
    every = set(permutations(standing.boards, 2))
    return rounds_of_lap(((one.year, (one.reviewer_board, one.reviewed_board)) for one in earlier(problem)), every)


def _rounds_of_outcomes(problem: AllocationProblem, standing: Rotation) -> int:
    """Return the most rounds that any board and set has had in the current period."""
    return max(
        rounds_of_lap(
            (
                (one.year, outcome)
                for one in earlier(problem)
                if one.reviewed_board == board
                for outcome in one.outcomes
            ),
            {problem.outcomes[at] for at in lap.span.positions},
        )
        for lap in standing.laps
        for board in standing.boards
    )


def rounds_of_lap(had: Iterable[tuple[int, Hashable]], every: Collection[Hashable]) -> int:
    """Return in how many years an element of `every` occurred in the current period."""
    by_year: dict[int, set[Hashable]] = {}
    for year, one in had:
        if one in every:
            by_year.setdefault(year, set()).add(one)
    times = Counter(one for had_then in by_year.values() for one in had_then)
    laps = min(times[one] for one in every)
    so_far: Counter[Hashable] = Counter()
    rounds = len(by_year)
    for year in sorted(by_year):
        if all(so_far[one] >= laps for one in every):
            break
        so_far.update(by_year[year])
        rounds -= 1
    return rounds
