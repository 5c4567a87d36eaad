"""Time the solver on larger rounds of peer review; for `make bench`."""

import random
import time
from statistics import median

from app.domain.peer_review.allocation.lagrangian.lagrangian_solver import solve_large
from tests.support.example_rounds import random_round

SIZES = ((14, 7, 15), (60, 7, 15), (300, 7, 5), (1250, 42, 1))
"""Number of nominees, of boards, and of random rounds."""


def large() -> None:
    """Print the median and the range for each size, and how many allocations were proven optimal."""
    for size, boards, runs in SIZES:
        taken, gaps = [], []
        for seed in range(runs):
            problem = random_round(random.Random(seed), size, boards)
            begun = time.perf_counter()
            certificate = solve_large(problem).certificate
            taken.append(time.perf_counter() - begun)
            gaps.append(1 - certificate.value[-1] / certificate.bound[-1])
        proven = sum(gap == 0 for gap in gaps)
        print(
            f"allocate {size:>4} nominees{'':<19}{median(taken):>9.2f} s    "
            f"({min(taken):.2f} to {max(taken):.2f}; {proven} of {runs} proven, largest gap {max(gaps):.2%})"
        )


if __name__ == "__main__":
    large()
