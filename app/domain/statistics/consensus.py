"""How far a group agrees on a level, and what to talk about first."""

from math import log2

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

FROM_END_TO_END = Level.MATURE - Level.FOUNDATION


def consensus(spread: Distribution) -> float | None:
    """From 0 (half at either end) to 1 (all the same); None for fewer than two levels given.

    The consensus of Tastle and Wierman for ordinal scales: 1 + sum of p * log2(1 - |position - mean| / width).
    The mean position is a step inside the measure and is shown nowhere. "Not able to say" is no level and
    does not count. W. J. Tastle, M. J. Wierman: Consensus and dissention: a measure of ordinal dispersion,
    International Journal of Approximate Reasoning 45 (2007) 531-545.
    """
    if spread.given < 2:
        return None
    mean = sum(level * spread.count(level) for level in Level) / spread.given
    return 1 + sum(
        spread.count(level) / spread.given * log2(1 - abs(level - mean) / FROM_END_TO_END)
        for level in Level
        if spread.count(level)
    )
