"""Score reviews and allocations from the problem alone: benefit, repeats within memory, reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.peer_review.allocation.problem import AllocationProblem, Nominee, Pair
from app.domain.peer_review.allocation.result import AssignedReview, Reason, ReasonCode


@dataclass(frozen=True)
class Scoring:
    """Scores reviews and whole allocations of one problem: benefit, repeats within memory, reasons."""

    problem: AllocationProblem

    @cached_property
    def nominees(self) -> Mapping[str, Nominee]:
        """The nominees by code."""
        return {nominee.code: nominee for nominee in self.problem.nominees}

    @cached_property
    def last_pairs(self) -> Mapping[Pair, int]:
        """(reviewer, reviewed) -> year of their last review, by cluster or by board, see AllocationProblem.by_board."""
        by_board = self.problem.by_board
        return _latest(
            ((past.reviewer_board, past.reviewed_board) if by_board else (past.reviewer, past.reviewed), past.year)
            for past in self.problem.history
            if past.year < self.problem.year
        )

    @cached_property
    def last_outcomes(self) -> Mapping[Pair, int]:
        """(cluster or board, outcome) -> year in which it was last reviewed on the outcome."""
        by_board = self.problem.by_board
        return _latest(
            ((past.reviewed_board if by_board else past.reviewed, outcome), past.year)
            for past in self.problem.history
            if past.year < self.problem.year
            for outcome in past.outcomes
        )

    def benefit(self, reviewer: str, reviewed: str, outcome: str) -> int:
        """Return the benefit of one outcome for the reviewed cluster: its wish, and the levels it can learn from."""
        weights = self.problem.weights
        wished = outcome in self.nominees[reviewed].wishes
        return weights.wish * wished + weights.step * self.levels_above(reviewer, reviewed, outcome)

    def levels_above(self, reviewer: str, reviewed: str, outcome: str) -> int:
        """Return how many levels the reviewer is above the reviewed cluster; 0 if not above, or a level is missing."""
        high = self.nominees[reviewer].levels.get(outcome)
        low = self.nominees[reviewed].levels.get(outcome)
        return max(0, high - low) if high and low else 0

    def pair_repeated(self, reviewer: str, reviewed: str) -> int | None:
        """Return the last year within memory in which this pair met; None if it did not."""
        return self._within_memory(self.last_pairs.get((self._key(reviewer), self._key(reviewed))))

    def outcome_repeated(self, reviewed: str, outcome: str) -> int | None:
        """Return the last year within memory in which the cluster (or board) was reviewed on the outcome, or None."""
        return self._within_memory(self.last_outcomes.get((self._key(reviewed), outcome)))

    def repeats(self, reviews: Iterable[AssignedReview]) -> tuple[int, ...]:
        """Return the number of repeats, then of those one year ago, two years ago ..., up to memory."""
        years = [year for review in reviews for year in self._repeated(review)]
        ages = range(1, self.problem.memory + 1)
        return (len(years), *(years.count(self.problem.year - age) for age in ages))

    def explained(self, reviewer: str, reviewed: str, outcomes: Iterable[str]) -> AssignedReview:
        """Return a review with its benefit and reasons, its outcomes in the order of their sets."""
        taken = set(outcomes)
        ordered = tuple(outcome for outcome in self.problem.outcomes if outcome in taken)
        return AssignedReview(
            reviewer,
            reviewed,
            ordered,
            benefit=sum(self.benefit(reviewer, reviewed, outcome) for outcome in ordered),
            reasons=(
                *self._reasons_of_pair(reviewer, reviewed),
                *(reason for outcome in ordered for reason in self._reasons_of(reviewer, reviewed, outcome)),
            ),
        )

    def _key(self, code: str) -> str:
        return self.nominees[code].board if self.problem.by_board else code

    def _within_memory(self, year: int | None) -> int | None:
        return year if year is not None and self.problem.year - year <= self.problem.memory else None

    def _repeated(self, review: AssignedReview) -> Iterable[int]:
        found = [self.pair_repeated(review.reviewer, review.reviewed)]
        found += [self.outcome_repeated(review.reviewed, outcome) for outcome in review.outcomes]
        return (year for year in found if year is not None)

    def _reasons_of_pair(self, reviewer: str, reviewed: str) -> Iterable[Reason]:
        if any((fixed.reviewer, fixed.reviewed) == (reviewer, reviewed) for fixed in self.problem.fixed):
            yield Reason(ReasonCode.FIXED_PAIR)
        year = self.pair_repeated(reviewer, reviewed)
        yield Reason(ReasonCode.PAIR_REPEATED, number=year) if year else Reason(ReasonCode.NEW_PAIR)

    def _reasons_of(self, reviewer: str, reviewed: str, outcome: str) -> Iterable[Reason]:
        why = []
        if any(fixed.reviewed == reviewed and outcome in fixed.outcomes for fixed in self.problem.fixed):
            why.append(Reason(ReasonCode.FIXED_OUTCOME, outcome))
        if outcome in self.nominees[reviewed].wishes:
            why.append(Reason(ReasonCode.WISHED, outcome))
        if above := self.levels_above(reviewer, reviewed, outcome):
            why.append(Reason(ReasonCode.REVIEWER_ABOVE, outcome, above))
        if year := self.outcome_repeated(reviewed, outcome):
            why.append(Reason(ReasonCode.OUTCOME_REPEATED, outcome, year))
        return why or [Reason(ReasonCode.COVERAGE, outcome)]


def _latest(dated: Iterable[tuple[Pair, int]]) -> Mapping[Pair, int]:
    latest: dict[Pair, int] = {}
    for what, year in dated:
        latest[what] = max(year, latest.get(what, year))
    return latest
