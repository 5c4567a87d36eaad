"""The best allocation for up to eight nominees in the full order of comparison, with its proof.

The rotation deadline, repeats and rounds left are decided for pairs and for outcomes separately, since they do not
depend on each other. The pairings that remain are searched for the one with the fairest assignment of outcomes; the
seed breaks ties.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from app.domain.peer_review.allocation.exact.benefit_arrays import BenefitArrays
from app.domain.peer_review.allocation.exact.outcome_goals import OutcomeGoals, outcome_tiers
from app.domain.peer_review.allocation.exact.pairing_search import BestPairing, PairingSearch
from app.domain.peer_review.allocation.exact.tie_break import drawn
from app.domain.peer_review.allocation.hamiltonian_cycles import bits, busiest, can_go_through
from app.domain.peer_review.allocation.pairings import Pairing, pairings, rings_of_pairing
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_hash import problem_hash
from app.domain.peer_review.allocation.result import (
    AllocationResult,
    AllocationScore,
    AssignedReview,
    OptimalityCertificate,
)
from app.domain.peer_review.allocation.rotation import Rotation, rotation, rounds_left
from app.domain.peer_review.allocation.rotation_deadline import RotationDeadline, promise


def solve_exact(problem: AllocationProblem) -> AllocationResult | None:
    """Return the best allocation of two to eight nominees; None if no allocation keeps the hard rules."""
    candidates = pairings(problem) if len(problem.nominees) > 1 else []
    cells, standing, promised = BenefitArrays(problem), rotation(problem), promise(problem)
    tiers = outcome_tiers(cells, standing, promised.outcomes) if candidates else None
    if tiers is None:
        return None
    pairs = _PairTiers(cells, standing, promised, candidates)
    for those, rounds in pairs.to_try:
        contest = PairingSearch(those, cells.benefit, tiers.limits, tiers.rows)
        winner = contest.winner(partial(pairs.can_end, rounds=rounds))
        if winner:
            score = pairs.bound(those, rounds, tiers, winner)
            return _allocation(cells, contest, winner, in_order(score))
    raise AssertionError("no pairing leaves more rounds than there were")


@dataclass(frozen=True)
class _PairTiers:
    """What is decided of the pairs before benefit counts: the promise, the fewest repeats, then the rounds left."""

    cells: BenefitArrays
    rotation: Rotation | None
    promised: RotationDeadline
    pairings: Sequence[Pairing]

    @property
    def to_try(self) -> Iterator[tuple[Sequence[Pairing], int | None]]:
        """Pairings that repeat equally little, and how many rounds may be left after them; the best first."""
        if self.promised.pairs is not None:
            for repeats in sorted(self._by_repeats):
                yield self._by_repeats[repeats], self.promised.pairs
        least_repeated = self._by_repeats[min(self._by_repeats)]
        for rounds in self._rounds_to_try(least_repeated):
            yield least_repeated, rounds

    def bound(
        self, those: Sequence[Pairing], rounds: int | None, tiers: OutcomeGoals, winner: BestPairing
    ) -> AllocationScore:
        """Return what was proven: nothing allowed is better than this."""
        repeats = tuple(one + other for one, other in zip(self._repeats_of(those[0]), tiers.repeats, strict=True))
        left = None if rounds is None or tiers.rounds is None else (rounds, tiers.rounds)
        return AllocationScore(repeats, left, winner.bound, self.promised.broken(left))

    @cached_property
    def _by_repeats(self) -> Mapping[tuple[int, ...], Sequence[Pairing]]:
        """Repeats (all, then of one year ago, of two ...) -> the pairings that have them."""
        found: dict[tuple[int, ...], list[Pairing]] = {}
        for pairing in self.pairings:
            found.setdefault(self._repeats_of(pairing), []).append(pairing)
        return found

    def _rounds_to_try(self, those: Sequence[Pairing]) -> Sequence[int | None]:
        """From what none of these can fall below, to what all keep to: the rounds that were left before."""
        if self.rotation is None:
            return (None,)
        boards = len(self.rotation.boards)
        least = min(busiest(left_after(self.rotation, pairing), boards) for pairing in those)
        return range(least, self.rotation.rounds_for_pairs + 1)

    def can_end(self, pairing: Pairing, rounds: int | None) -> bool:
        """Return whether at most this many rounds are left after this pairing."""
        if self.rotation is None or rounds is None:
            return True
        return can_go_through(left_after(self.rotation, pairing), rounds, len(self.rotation.boards))

    def _repeats_of(self, pairing: Pairing) -> tuple[int, ...]:
        ages = [int(self.cells.pair_ages[reviewer, reviewed]) for reviewed, reviewer in enumerate(pairing)]
        return (sum(map(bool, ages)), *(ages.count(age) for age in range(1, self.cells.problem.memory + 1)))


def left_after(rotation: Rotation, pairing: Pairing) -> int:
    """Return the pairs left in the period after a pairing, as a bit mask."""
    arcs = rotation.pairs - {(reviewer, reviewed) for reviewed, reviewer in enumerate(pairing)}
    return bits(arcs, len(rotation.boards))


def in_order(score: AllocationScore) -> tuple[int, ...]:
    """Return a score as numbers in order of importance, each signed so that more is better."""
    fewer_is_better = (score.lost, *score.repeats, *(score.rounds_left or ()))
    return (*(-number for number in fewer_is_better), *score.benefits, score.total)


def _allocation(
    cells: BenefitArrays, contest: PairingSearch, winner: BestPairing, bound: tuple[int, ...]
) -> AllocationResult:
    """Return the allocation as it is read; its value is counted afresh from the reviews, not taken from the search."""
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
    return AllocationResult(
        reviews,
        tuple(tuple(cells.codes[at] for at in ring) for ring in rings_of_pairing(pairing)),
        score,
        OptimalityCertificate("full", in_order(score), bound),
        problem_hash(problem),
    )


def scored(cells: BenefitArrays, reviews: Sequence[AssignedReview]) -> AllocationScore:
    """Return the score of complete reviews."""
    left = rounds_left(cells.problem, reviews)
    return AllocationScore(
        cells.scoring.repeats(reviews),
        left,
        tuple(sorted(review.benefit for review in reviews)),
        promise(cells.problem).broken(left),
    )
