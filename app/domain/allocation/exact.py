"""The best allocation for up to eight nominees, in the full order, with its proof.

Repeats and the rotation are decided for pairs and for outcomes apart, for neither knows of the other. What is
left is a contest: which of the pairings that may still win can be dealt with most fairly. Last, lots decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from app.domain.allocation.canonical import problem_hash
from app.domain.allocation.cells import Cells
from app.domain.allocation.circles import Pairing, pairings, rings_of
from app.domain.allocation.contest import Contest, Winner
from app.domain.allocation.drawing import drawn
from app.domain.allocation.hamilton import bits, busiest, can_go_through
from app.domain.allocation.outcome_tiers import OutcomeTiers, outcome_tiers
from app.domain.allocation.rotation import Rotation, rotation, rounds_left
from app.domain.allocation.values import Allocation, Certificate, Problem, Review, Score


def solve_exact(problem: Problem) -> Allocation | None:
    """The best allocation of a round of two to eight nominees; None if none keeps to the hard rules."""
    candidates = pairings(problem) if len(problem.nominees) > 1 else []
    cells, standing = Cells(problem), rotation(problem)
    tiers = outcome_tiers(cells, standing) if candidates else None
    if tiers is None:
        return None
    pairs = _PairTiers(cells, standing, candidates)
    contest = Contest(pairs.least_repeated, cells.benefit, tiers.limits, tiers.rows)
    for rounds in pairs.rounds_to_try:
        winner = contest.winner(partial(pairs.can_end, rounds=rounds))
        if winner:
            return _allocation(cells, contest, winner, _bound(pairs, tiers, rounds, winner))
    raise AssertionError("no pairing leaves more rounds than there were")


@dataclass(frozen=True)
class _PairTiers:
    """What is decided of the pairs before benefit counts: the fewest repeats, then the rounds left."""

    cells: Cells
    rotation: Rotation | None
    pairings: Sequence[Pairing]

    @cached_property
    def repeats(self) -> tuple[int, ...]:
        """The fewest repeats of any pairing: all, then of one year ago, of two ..."""
        return min(map(self._repeats_of, self.pairings))

    @cached_property
    def least_repeated(self) -> list[Pairing]:
        """The pairings with the fewest repeats."""
        return [pairing for pairing in self.pairings if self._repeats_of(pairing) == self.repeats]

    @cached_property
    def rounds_to_try(self) -> Sequence[int | None]:
        """From what no pairing can fall below, to what all keep to: the rounds that were left before."""
        if self.rotation is None:
            return (None,)
        boards = len(self.rotation.boards)
        least = min(busiest(left_after(self.rotation, pairing), boards) for pairing in self.least_repeated)
        return range(least, self.rotation.rounds_for_pairs + 1)

    def can_end(self, pairing: Pairing, rounds: int | None) -> bool:
        """Whether no more than so many rounds are left after this pairing."""
        if self.rotation is None or rounds is None:
            return True
        return can_go_through(left_after(self.rotation, pairing), rounds, len(self.rotation.boards))

    def _repeats_of(self, pairing: Pairing) -> tuple[int, ...]:
        ages = [int(self.cells.pair_ages[reviewer, reviewed]) for reviewed, reviewer in enumerate(pairing)]
        return (sum(map(bool, ages)), *(ages.count(age) for age in range(1, self.cells.problem.memory + 1)))


def left_after(rotation: Rotation, pairing: Pairing) -> int:
    """The pairs that are left in the lap after a pairing, as bits."""
    arcs = rotation.pairs - {(reviewer, reviewed) for reviewed, reviewer in enumerate(pairing)}
    return bits(arcs, len(rotation.boards))


def _bound(pairs: _PairTiers, tiers: OutcomeTiers, rounds: int | None, winner: Winner) -> tuple[int, ...]:
    """What was proven, in the words of the certificate: nothing allowed is better than this."""
    repeats = tuple(one + other for one, other in zip(pairs.repeats, tiers.repeats, strict=True))
    left = None if rounds is None or tiers.rounds is None else (rounds, tiers.rounds)
    return in_order(Score(repeats, left, winner.bound))


def in_order(score: Score) -> tuple[int, ...]:
    """A score as the numbers that count, the most important first, each so that more is better."""
    fewer_is_better = (*score.repeats, *(score.rounds_left or ()))
    return (*(-number for number in fewer_is_better), *score.benefits, score.total)


def _allocation(cells: Cells, contest: Contest, winner: Winner, bound: tuple[int, ...]) -> Allocation:
    """The allocation as it is read; its value is counted afresh from the reviews, not taken from the search."""
    problem, pairing = cells.problem, contest.pairings[winner.place]
    deal = drawn(contest.sharing(pairing), winner.deal, problem.seed)
    reviews = tuple(
        cells.scoring.explained(
            cells.codes[reviewer],
            cells.codes[reviewed],
            (outcome for at, outcome in enumerate(problem.outcomes) if deal.shares[reviewed] >> at & 1),
        )
        for reviewed, reviewer in enumerate(pairing)
    )
    score = scored(cells, reviews)
    return Allocation(
        reviews,
        tuple(tuple(cells.codes[at] for at in ring) for ring in rings_of(pairing)),
        score,
        Certificate("full", in_order(score), bound),
        problem_hash(problem),
    )


def scored(cells: Cells, reviews: Sequence[Review]) -> Score:
    """The score of whole reviews."""
    return Score(
        cells.scoring.repeats(reviews),
        rounds_left(cells.problem, reviews),
        tuple(sorted(review.benefit for review in reviews)),
    )
