"""Who reviews whom on what: the best allocation of a round of peer review, with its proof, or why there is none.

values        what a problem and an allocation are
scoring       what an allocation is worth; weighing: one that was made by hand; hard_rules: what it breaks
rotation      which boards have yet to meet, and on what; rotation_map: to be shown; promise: what it must not lose
exact/        up to EXACT nominees: the full order of what counts
large/        more: fewest repeats, then most benefit
explaining/   which demands contradict each other, and what mends it
problem_file  a problem from JSON; answer_file: the answer as JSON
"""

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationResult, InfeasibilityExplanation

EXACT = 8
"""Up to how many nominees all rings can be looked at."""


def allocate(problem: AllocationProblem) -> AllocationResult | InfeasibilityExplanation:
    """The best allocation with its certificate, or why there is none; the solvers, which are big, are loaded here."""
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
