"""Worst-case bounds for clusters that did not submit, after C. F. Manski's bounds for missing data; no imputation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level


@dataclass(frozen=True)
class Bounds:
    """Bounds on how many of all clusters are at a level: those counted, and those plus all that did not submit."""

    least: int
    most: int
    clusters: int


@dataclass(frozen=True)
class OutcomeBounds:
    """The bounds on one outcome, of each level and of the median."""

    #: Level code -> its bounds.
    levels: Mapping[str, Bounds]
    #: The lowest and the highest median that is possible; None where nobody gave a level and nobody is silent.
    median: tuple[Level, Level] | None


def outcome_bounds(distribution: Distribution, *, silent: int, clusters: int) -> OutcomeBounds:
    """Return the bounds of an outcome over all `clusters`, of which `silent` did not submit."""
    levels = {level.code: bounds(distribution, level, silent=silent, clusters=clusters) for level in Level}
    return OutcomeBounds(levels, median_bounds(distribution, silent=silent))


def bounds(distribution: Distribution, level: Level, *, silent: int, clusters: int) -> Bounds:
    """Return the bounds of a level over all `clusters`, of which `silent` did not submit."""
    counted = distribution.count(level)
    return Bounds(counted, counted + silent, clusters)


def median_bounds(distribution: Distribution, *, silent: int) -> tuple[Level, Level] | None:
    """Return the lowest and highest possible median if all silent clusters gave a level; None without any cluster."""
    lowest = replace(distribution, foundation=distribution.foundation + silent).median()
    highest = replace(distribution, mature=distribution.mature + silent).median()
    return (lowest[0], highest[1]) if lowest and highest else None
