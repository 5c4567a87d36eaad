"""Lists of benefits, the worst-off first, and how good one can become at the most."""

from bisect import insort
from collections.abc import Sequence

Benefits = tuple[int, ...]
"""In rising order; of two, that which is greater as a tuple is the fairer."""


def best_conceivable(settled: Sequence[int], limits: Sequence[int], total: int) -> Benefits:
    """The fairest list of `settled` and others within their limits, that come to no more than `total` together."""
    filled = list(settled)
    left = total
    for waiting, limit in enumerate(sorted(limits), start=-len(limits)):
        level = min(limit, left // -waiting)
        filled.append(level)
        left -= level
    return tuple(sorted(filled))


def least_acceptable(settled: Sequence[int], goal: Benefits) -> int | None:
    """The least benefit of a further review with which `goal` can still be reached; None if it cannot.

    `settled` in rising order. What it shares with the goal from the worst-off on is done; where it is better
    the next may be as low as the goal there, and where it is worse all is lost.
    """
    for benefit, wanted in zip(settled, goal, strict=False):
        if benefit != wanted:
            return wanted if benefit > wanted else None
    return goal[len(settled)]


def joined(settled: Sequence[int], benefit: int) -> list[int]:
    """The settled benefits with one more, in rising order."""
    together = list(settled)
    insort(together, benefit)
    return together
