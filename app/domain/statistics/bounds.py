"""What the clusters that did not submit leave open: bounds, never guesses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level


@dataclass(frozen=True)
class Bounds:
    """How many of all clusters are at a level: at least the counted ones, at most those and all silent ones."""

    least: int
    most: int
    clusters: int


@dataclass(frozen=True)
class OutcomeBounds:
    """What the silent clusters leave open on one outcome."""

    #: Level code -> its bounds.
    levels: Mapping[str, Bounds]
    #: The lowest and the highest median that is possible; None where nobody gave a level and nobody is silent.
    median: tuple[Level, Level] | None


def outcome_bounds(distribution: Distribution, *, silent: int, clusters: int) -> OutcomeBounds:
    """The bounds of an outcome over all `clusters`, of which `silent` did not submit."""
    levels = {level.code: bounds(distribution, level, silent=silent, clusters=clusters) for level in Level}
    return OutcomeBounds(levels, median_bounds(distribution, silent=silent))


def bounds(distribution: Distribution, level: Level, *, silent: int, clusters: int) -> Bounds:
    """The bounds of a level over all `clusters`, of which `silent` did not submit."""
    counted = distribution.count(level)
    return Bounds(counted, counted + silent, clusters)


def median_bounds(distribution: Distribution, *, silent: int) -> tuple[Level, Level] | None:
    """The lowest and the highest median that is possible if all silent clusters gave a level; None of nobody."""
    lowest = replace(distribution, foundation=distribution.foundation + silent).median()
    highest = replace(distribution, mature=distribution.mature + silent).median()
    return (lowest[0], highest[1]) if lowest and highest else None
