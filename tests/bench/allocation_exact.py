"""Time the exact solver on rounds of seven nominees; for `make bench`."""

import time
from random import Random
from statistics import median

from app.domain.peer_review.allocation.exact.exact_solver import solve_exact
from tests.support.random_rounds import random_problem


def exact(cases: int = 40) -> None:
    """Print the times for random rounds of seven nominees, with 0 to 5 earlier rounds and 0 to 2 conflicts."""
    solve_exact(random_problem(Random(0), 7))
    taken = []
    for case in range(cases):
        problem = random_problem(Random(case), 7, rounds=case % 6, conflicts=case % 3)
        begun = time.perf_counter()
        found = solve_exact(problem)
        taken.append(1000 * (time.perf_counter() - begun))
        assert found is None or found.certificate.is_proven
    spread = f"({min(taken):.1f} to {max(taken):.1f}, {cases} rounds)"
    print(f"{'allocate 7 nominees, proven, full order':<42}{median(taken):>9.1f} ms   {spread}")


if __name__ == "__main__":
    exact()
