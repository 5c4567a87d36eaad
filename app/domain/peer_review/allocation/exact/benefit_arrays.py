"""The numbers of a problem: benefits and repeats by position of reviewer, reviewed nominee and outcome."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.scoring import Scoring


@dataclass(frozen=True)
class BenefitArrays:
    """The values of Scoring as arrays."""

    problem: AllocationProblem

    @cached_property
    def scoring(self) -> Scoring:
        """The scoring of the problem."""
        return Scoring(self.problem)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The nominees."""
        return tuple(nominee.code for nominee in self.problem.nominees)

    @cached_property
    def benefit(self) -> Integers:
        """Reviewers by reviewed by outcomes."""
        outcomes = self.problem.outcomes
        benefit = self.scoring.benefit
        return np.array([[[benefit(one, other, at) for at in outcomes] for other in self.codes] for one in self.codes])

    @cached_property
    def fixed(self) -> Integers:
        """Nominees by outcomes: 1 where staff decided that the nominee is reviewed on it."""
        decided = {(one.reviewed, outcome) for one in self.problem.fixed for outcome in one.outcomes}
        return np.array([[int((code, one) in decided) for one in self.problem.outcomes] for code in self.codes])

    @property
    def can_be_fixed(self) -> bool:
        """Whether the fixed decisions name only existing outcomes and nominees."""
        known = set(self.problem.outcomes)
        return all(known.issuperset(one.outcomes) for one in self.problem.fixed if one.reviewed in self.codes)

    @cached_property
    def outcome_ages(self) -> Integers:
        """Nominees by outcomes: years since the review that would be repeated, 0 for no repeat."""
        repeated = self.scoring.outcome_repeated
        return np.array([[self._age(repeated(code, one)) for one in self.problem.outcomes] for code in self.codes])

    @cached_property
    def pair_ages(self) -> Integers:
        """Reviewers by reviewed: years since the pair that would be repeated met, 0 for no repeat."""
        repeated = self.scoring.pair_repeated
        return np.array([[self._age(repeated(one, other)) for other in self.codes] for one in self.codes])

    def _age(self, year: int | None) -> int:
        return 0 if year is None else self.problem.year - year
