"""An allocation as it is shown: its rows with their reasons, its rings, its score, and what it breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.allocation.values import AllocationProblem, AssignedReview, OptimalityCertificate
from app.domain.allocation.weighing import EvaluatedAllocation, evaluate
from app.models import Allocation
from app.services import allocating


@dataclass(frozen=True)
class ShownAllocation:
    """A stored allocation, ready to be shown."""

    allocation: Allocation
    problem: AllocationProblem
    weighed: EvaluatedAllocation

    @property
    def stamp(self) -> str:
        """What tells this proposal from what it may be changed to."""
        return allocating.stamp(self.allocation)

    @property
    def certificate(self) -> OptimalityCertificate:
        """What the solver proved of what it proposed, before anything was changed by hand."""
        stored = self.allocation.certificate
        return OptimalityCertificate(stored["order"], tuple(stored["value"]), tuple(stored["bound"]))


def shown(allocation: Allocation) -> ShownAllocation:
    """A stored allocation with its reasons and what it is worth, whether it keeps the rules or not."""
    problem = allocating.problem_of(allocation)
    return ShownAllocation(allocation, problem, evaluate(problem, allocating.reviews_of(allocation)))


def instead(allocation: Allocation, reviews: Sequence[AssignedReview]) -> EvaluatedAllocation:
    """What other reviews in its place would be worth."""
    return evaluate(allocating.problem_of(allocation), reviews)
