"""The rotation: which boards have yet to review which in this period, and on which outcomes each is to be reviewed.

A period ends when every board has reviewed every other, or for outcomes when every board has been reviewed on each.
docs/decisions/0011-rotation.md explains what is counted and why the counts suffice.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from app.domain.peer_review.allocation.load_limits import LoadRange, spans
from app.domain.peer_review.allocation.problem import AllocationProblem, PastReview
from app.domain.peer_review.allocation.result import AssignedReview


@dataclass(frozen=True)
class RotationPeriod:
    """The outcomes of one set that each board has yet to be reviewed on, as bits of their positions."""

    span: LoadRange
    left: tuple[int, ...]

    def after(self, taken: Sequence[int]) -> "RotationPeriod":
        """Return the period after a round in which these outcomes (bit masks by board) are reviewed."""
        return RotationPeriod(self.span, tuple(left & ~share for left, share in zip(self.left, taken, strict=True)))

    @property
    def boards_waiting(self) -> tuple[int, ...]:
        """For each outcome of the set, how many boards have yet to be reviewed on it."""
        return tuple(sum(left >> at & 1 for left in self.left) for at in self.span.positions)

    def fits(self, rounds: int) -> bool:
        """Return whether the period can end within this many rounds."""
        enough = all(left.bit_count() <= self.span.many * rounds for left in self.left)
        return enough and self.may_end(self.boards_waiting, rounds)

    def may_end(self, waiting: Iterable[int], rounds: int) -> bool:
        """Return whether this many rounds can cover the boards that wait for each outcome.

        In each round an outcome is reviewed equally often, whether or not a board waits for it.
        """
        visits = [max(number, self.span.least * rounds) for number in waiting]
        return max(visits) <= self.span.most * rounds and sum(visits) <= self.span.places * rounds

    @property
    def rounds(self) -> int:
        """The least number of rounds that can end the period."""
        rounds = 0
        while not self.fits(rounds):
            rounds += 1
        return rounds


@dataclass(frozen=True)
class Rotation:
    """The state of the rotation before a round. `pairs`: the pairs of boards that have yet to meet, as positions."""

    boards: tuple[str, ...]
    pairs: frozenset[tuple[int, int]]
    laps: tuple[RotationPeriod, ...]

    @property
    def rounds_for_outcomes(self) -> int:
        """The least number of rounds after which every board has been reviewed on every outcome."""
        return max((lap.rounds for lap in self.laps), default=0)

    @property
    def rounds_for_pairs(self) -> int:
        """The least number of rounds, of a single ring each, after which every board has reviewed every other."""
        from app.domain.peer_review.allocation.hamiltonian_cycles import (  # noqa: PLC0415 -- numpy, only when asked
            bits,
            rounds_through,
        )

        return rounds_through(bits(self.pairs, len(self.boards)), len(self.boards))

    def after(self, pairs: Iterable[tuple[int, int]], taken: Sequence[int]) -> "Rotation":
        """Return the state after a round: the pairs that met, and the outcomes reviewed of each board (bit masks)."""
        return Rotation(self.boards, self.pairs - set(pairs), tuple(lap.after(taken) for lap in self.laps))


def rotation(problem: AllocationProblem) -> Rotation | None:
    """Return the state before this round; None where boards do not nominate one cluster each, or are not 3 to 7."""
    if not problem.by_board or not 3 <= len(problem.nominees) <= 7:
        return None
    boards = tuple(nominee.board for nominee in problem.nominees)
    met, looked_at = times_met(problem), times_looked_at(problem)
    at = {board: place for place, board in enumerate(boards)}
    rarest = least_often(met, list(permutations(boards, 2)))
    return Rotation(
        boards,
        frozenset((at[reviewer], at[reviewed]) for reviewer, reviewed in rarest),
        tuple(
            RotationPeriod(span, tuple(_left(looked_at, board, problem.outcomes, span) for board in boards))
            for span in spans(problem)
            if span.many
        ),
    )


def rounds_left(problem: AllocationProblem, reviews: Iterable[AssignedReview]) -> tuple[int, int] | None:
    """Return the rounds still needed after these reviews, for pairs and for outcomes; see AllocationScore."""
    before = rotation(problem)
    if before is None:
        return None
    at = {nominee.code: place for place, nominee in enumerate(problem.nominees)}
    position = {outcome: place for place, outcome in enumerate(problem.outcomes)}
    taken = [0] * len(at)
    pairs = []
    for review in reviews:
        pairs.append((at[review.reviewer], at[review.reviewed]))
        for outcome in review.outcomes:
            taken[at[review.reviewed]] |= 1 << position[outcome]
    after = before.after(pairs, taken)
    return after.rounds_for_pairs, after.rounds_for_outcomes


def times_met(problem: AllocationProblem) -> Counter[tuple[str, str]]:
    """Count how often each board reviewed each other board in earlier rounds."""
    return Counter((past.reviewer_board, past.reviewed_board) for past in earlier(problem))


def times_looked_at(problem: AllocationProblem) -> Counter[tuple[str, str]]:
    """Count how often each board was reviewed on each outcome in earlier rounds."""
    return Counter((past.reviewed_board, outcome) for past in earlier(problem) for outcome in set(past.outcomes))


def earlier(problem: AllocationProblem) -> tuple[PastReview, ...]:
    """Return all earlier rounds, also those outside `memory`, which is shorter than a rotation period."""
    return tuple(past for past in problem.history if past.year < problem.year)


def least_often(times: Counter[tuple[str, str]], every: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the elements with the lowest count."""
    least = min((times[one] for one in every), default=0)
    return [one for one in every if times[one] == least]


def _left(looked_at: Counter[tuple[str, str]], board: str, outcomes: Sequence[str], span: LoadRange) -> int:
    mine = [(board, outcomes[place]) for place in span.positions]
    waiting = set(least_often(looked_at, mine))
    return sum(1 << place for place, one in zip(span.positions, mine, strict=True) if one in waiting)
