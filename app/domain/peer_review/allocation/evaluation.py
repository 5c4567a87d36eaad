"""What an allocation made or moved by hand is worth: its score, the hard rules it breaks, what it repeats.

Nothing that staff can put together makes this fail: a nominee without a review, one that reviews itself, an
outcome twice. What names no nominee or no outcome of the problem is said, and left out of all counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.peer_review.allocation.hard_rules import HardRules
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationConstraint, AllocationScore, AssignedReview
from app.domain.peer_review.allocation.rotation import rounds_left
from app.domain.peer_review.allocation.rotation_deadline import promise
from app.domain.peer_review.allocation.scoring import Scoring


@dataclass(frozen=True)
class EvaluatedAllocation:
    """What an allocation is worth. `reviews`: its reviews with their benefits and reasons."""

    reviews: tuple[AssignedReview, ...]
    score: AllocationScore
    broken: tuple[AllocationConstraint, ...]
    #: What was done before within memory: "pair-repeated" and "outcome-repeated", each with its year.
    repeated: tuple[AllocationConstraint, ...]

    @property
    def rings(self) -> tuple[tuple[str, ...], ...]:
        """Clusters in the order in which each reviews the next, from the first on; a chain that does not close too."""
        reviews = {review.reviewer: review.reviewed for review in self.reviews}
        rings = []
        while reviews:
            ring = [next(iter(reviews))]
            while (following := reviews.pop(ring[-1])) in reviews:
                ring.append(following)
            rings.append(tuple(ring))
        return tuple(rings)


def evaluate(problem: AllocationProblem, reviews: Iterable[AssignedReview]) -> EvaluatedAllocation:
    """Work out what reviews are worth; a nominee without a review has no benefit."""
    given = tuple(reviews)
    scoring = Scoring(problem)
    outcomes = set(problem.outcomes)
    counted = tuple(
        scoring.explained(review.reviewer, review.reviewed, outcomes & set(review.outcomes))
        for review in given
        if review.reviewer in scoring.nominees and review.reviewed in scoring.nominees
    )
    left = rounds_left(problem, counted)
    return EvaluatedAllocation(
        counted,
        AllocationScore(scoring.repeats(counted), left, _benefits(problem, counted), promise(problem).broken(left)),
        tuple(HardRules(problem, given).broken()),
        tuple(_repeated(scoring, counted)),
    )


def _benefits(problem: AllocationProblem, reviews: Sequence[AssignedReview]) -> tuple[int, ...]:
    reviewed = {review.reviewed for review in reviews}
    without = [0 for nominee in problem.nominees if nominee.code not in reviewed]
    return tuple(sorted([review.benefit for review in reviews] + without))


def _repeated(scoring: Scoring, reviews: Iterable[AssignedReview]) -> Iterator[AllocationConstraint]:
    for review in reviews:
        pair = (review.reviewer, review.reviewed)
        if year := scoring.pair_repeated(*pair):
            yield AllocationConstraint("pair-repeated", pair, numbers={"year": year})
        for outcome in review.outcomes:
            if year := scoring.outcome_repeated(review.reviewed, outcome):
                yield AllocationConstraint("outcome-repeated", (review.reviewed,), (outcome,), {"year": year})
