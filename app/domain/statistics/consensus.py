"""The consensus of a group on an ordinal scale (Tastle and Wierman)."""

from math import log2

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

FROM_END_TO_END = Level.MATURE - Level.FOUNDATION


def consensus(spread: Distribution) -> float | None:
    """Return consensus from 0 (half at each end of the scale) to 1 (all equal); None for fewer than two levels.

    The measure is 1 + sum of p * log2(1 - |position - mean| / width). The mean position is only an intermediate value
    and is not shown. "Not able to say" is not a level and is not counted. W. J. Tastle, M. J. Wierman: Consensus and
    dissention: a measure of ordinal dispersion, International Journal of Approximate Reasoning 45 (2007) 531-545.
    """
    if spread.given < 2:
        return None
    mean = sum(level * spread.count(level) for level in Level) / spread.given
    return 1 + sum(
        spread.count(level) / spread.given * log2(1 - abs(level - mean) / FROM_END_TO_END)
        for level in Level
        if spread.count(level)
    )
