"""An allocation as it is shown: its rows with their reasons, its rings, its score, and what it breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.peer_review.allocation.evaluation import EvaluatedAllocation, evaluate
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AssignedReview, OptimalityCertificate
from app.models import Allocation
from app.services.peer_review.allocation_commands import assigned_reviews, problem_of_allocation, proposal_version


@dataclass(frozen=True)
class AllocationView:
    """A stored allocation, ready to be shown."""

    allocation: Allocation
    problem: AllocationProblem
    weighed: EvaluatedAllocation

    @property
    def stamp(self) -> str:
        """What tells this proposal from what it may be changed to."""
        return proposal_version(self.allocation)

    @property
    def certificate(self) -> OptimalityCertificate:
        """What the solver proved of what it proposed, before anything was changed by hand."""
        stored = self.allocation.certificate
        return OptimalityCertificate(stored["order"], tuple(stored["value"]), tuple(stored["bound"]))


def view_of_allocation(allocation: Allocation) -> AllocationView:
    """A stored allocation with its reasons and what it is worth, whether it keeps the rules or not."""
    problem = problem_of_allocation(allocation)
    return AllocationView(allocation, problem, evaluate(problem, assigned_reviews(allocation)))


def evaluate_change(allocation: Allocation, reviews: Sequence[AssignedReview]) -> EvaluatedAllocation:
    """What other reviews in its place would be worth."""
    return evaluate(problem_of_allocation(allocation), reviews)
