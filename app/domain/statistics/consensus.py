"""How far a group agrees on a level, and what to talk about first."""

from collections.abc import Iterable, Mapping
from math import log2

from app.domain.statistics.distribution import Distribution, Level

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


def most_disagreed_first(outcomes: Iterable[str], spreads: Mapping[str, Distribution], minimum: int) -> list[str]:
    """The outcomes by how little their views agree; those with too few views come last, in their own order.

    The order of outcomes whose views are too few must not tell anything of them.
    """
    listed = list(outcomes)
    compared = {
        code: agreed
        for code in listed
        if spreads[code].given + spreads[code].unable >= minimum and (agreed := consensus(spreads[code])) is not None
    }
    return sorted(listed, key=lambda code: (code not in compared, compared.get(code, 0), listed.index(code)))
