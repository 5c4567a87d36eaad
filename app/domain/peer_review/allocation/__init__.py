"""Who reviews whom on what: the best allocation of a round of peer review, with its proof, or why there is none.

problem, weights, result   what is asked, what counts how much, what is answered
scoring, evaluation        what an allocation is worth; what one that was changed by hand is worth
hard_rules, load_limits    what no allocation may break; how often each outcome is reviewed
stored_rows_check          whether published rows still keep the hard rules, independent of the solvers
rotation, rotation_status, rotation_deadline   which boards have yet to meet; as a page shows it; what must not be late
exact/                     up to EXACT nominees: every goal in its order, proven
lagrangian/                more nominees: fewest repeats, then most benefit, proven by a bound
infeasibility/             why there is none, and the smallest repairs
problem_file, result_file  a problem from JSON, an answer as JSON
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
