"""What the solver returns: an allocation with its score and certificate, or why there is none and what repairs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.peer_review.allocation.problem import AllocationProblem


class ReasonCode(StrEnum):
    """Why a reviewer or an outcome was given to a review."""

    NEW_PAIR = "new-pair"
    PAIR_REPEATED = "pair-repeated"
    FIXED_PAIR = "fixed-pair"
    WISHED = "wished"
    REVIEWER_ABOVE = "reviewer-above"
    COVERAGE = "coverage"
    OUTCOME_REPEATED = "outcome-repeated"
    FIXED_OUTCOME = "fixed-outcome"


@dataclass(frozen=True)
class Reason:
    """One reason. `number`: the year of what is repeated, or how many levels the reviewer is above."""

    code: ReasonCode
    outcome: str | None = None
    number: int | None = None


@dataclass(frozen=True)
class AssignedReview:
    """Who reviews whom on what; outcomes in the order of their sets."""

    reviewer: str
    reviewed: str
    outcomes: tuple[str, ...]
    benefit: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class AllocationScore:
    """The parts by which allocations are compared, in this order: `lost` first, then as listed."""

    #: Repeats within memory: how many, then how many of one year ago, of two years ago ...; fewer is better.
    repeats: tuple[int, ...]
    #: Further rounds until every board has reviewed every other, and has been reviewed on every outcome;
    #: fewer is better. None where boards do not nominate one cluster each.
    rounds_left: tuple[int, int] | None
    #: The benefit of each review, the worst-off first; compared from the first on, more is better.
    benefits: tuple[int, ...]
    #: How many limits of RotationDeadline it exceeds; fewer is better.
    lost: int = 0

    @property
    def worst(self) -> int:
        """The benefit of the worst-off review."""
        return self.benefits[0]

    @property
    def total(self) -> int:
        """The benefit of all reviews."""
        return sum(self.benefits)


@dataclass(frozen=True)
class OptimalityCertificate:
    """The proof of an allocation: nothing allowed is better than `bound`, and `value` is what was reached.

    `order` says what is compared: "full" (repeats, rounds left, worst-off first, total), or "total" for
    larger rounds (repeats, then total benefit). Value and bound are in the words of that order: the
    numbers compared, the most important first, each so that more is better.
    """

    order: str
    value: tuple[int, ...]
    bound: tuple[int, ...]

    @property
    def is_proven(self) -> bool:
        """Whether no better allocation exists."""
        return self.value == self.bound


@dataclass(frozen=True)
class AllocationResult:
    """A complete allocation: every nominee reviews and is reviewed, every outcome is reviewed."""

    reviews: tuple[AssignedReview, ...]
    rings: tuple[tuple[str, ...], ...]
    score: AllocationScore
    certificate: OptimalityCertificate
    #: The hash of the problem, so that anybody can see that the same went in.
    problem_hash: str


@dataclass(frozen=True)
class AllocationConstraint:
    """One constraint in a contradiction: a code, and the clusters, outcomes and numbers it concerns."""

    code: str
    clusters: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Repair:
    """A smallest change after which an allocation exists, and the problem after that change.

    `problem` is None for a change that staff cannot make here, such as nominating another cluster.
    """

    changes: tuple[AllocationConstraint, ...]
    problem: AllocationProblem | None


@dataclass(frozen=True)
class InfeasibilityExplanation:
    """Why there is no allocation: the smallest set of constraints that contradict each other, and repairs.

    Pairs and outcomes can be infeasible independently: `further` is then the second contradiction, and each repair
    resolves both.
    """

    conflict: tuple[AllocationConstraint, ...]
    repairs: tuple[Repair, ...]
    further: tuple[AllocationConstraint, ...] = ()
