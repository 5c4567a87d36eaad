"""Who reviews whom on what: the best allocation of a round of peer review, with its proof, or why there is none.

problem, result   the input and the output; problem_file, result_file: as JSON
scoring           the worth of an allocation; evaluation: of one made by hand; hard_rules: the rules it breaks
rotation          what boards have yet to do in this period; rotation_status: for pages; rotation_deadline: its limit
exact/            up to EXACT nominees: the full order of comparison
lagrangian/       more nominees: fewest repeats, then most benefit
infeasibility/    which constraints contradict each other, and how to repair that
stored_rows_check an independent check of stored allocations
"""

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationResult, InfeasibilityExplanation

EXACT = 8
"""The most nominees for which every pairing can be examined."""


def allocate(problem: AllocationProblem) -> AllocationResult | InfeasibilityExplanation:
    """Return the best allocation with its certificate, or why there is none. Imports the large solvers on demand."""
    found = _solved(problem)
    if found is not None:
        return found
    from app.domain.peer_review.allocation.infeasibility.explain import explain  # noqa: PLC0415

    return explain(problem)


def _solved(problem: AllocationProblem) -> AllocationResult | None:
    if len(problem.nominees) < 2:
        return None
    if len(problem.nominees) <= EXACT:
        from app.domain.peer_review.allocation.exact.exact_solver import solve_exact  # noqa: PLC0415

        return solve_exact(problem)
    from app.domain.peer_review.allocation.lagrangian.lagrangian_solver import solve_large  # noqa: PLC0415

    return solve_large(problem)
