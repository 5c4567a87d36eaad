"""Leximin comparison of benefits (worst-off first), and bounds on it."""

from bisect import insort
from collections.abc import Sequence

Benefits = tuple[int, ...]
"""In rising order; of two, that which is greater as a tuple is the fairer."""


def best_conceivable(settled: Sequence[int], limits: Sequence[int], total: int) -> Benefits:
    """Return the fairest conceivable list of `settled` and further benefits within their limits and a total."""
    filled = list(settled)
    left = total
    for waiting, limit in enumerate(sorted(limits), start=-len(limits)):
        level = min(limit, left // -waiting)
        filled.append(level)
        left -= level
    return tuple(sorted(filled))


def least_acceptable(settled: Sequence[int], goal: Benefits) -> int | None:
    """Return the least benefit of a further review with which `goal` can still be reached; None if it cannot.

    `settled` is in ascending order and compared with the goal from the worst-off on: equal benefits are skipped; at the
    first better one the next benefit may be as low as the goal there; at a worse one the goal is out of reach.
    """
    for benefit, wanted in zip(settled, goal, strict=False):
        if benefit != wanted:
            return wanted if benefit > wanted else None
    return goal[len(settled)]


def joined(settled: Sequence[int], benefit: int) -> list[int]:
    """Return the settled benefits with one more, in ascending order."""
    together = list(settled)
    insort(together, benefit)
    return together
