"""Where a cluster's level lies among the clusters that agreed to be compared: within a band, never as a rank.

docs/decisions/0018 discusses what a band reveals of few clusters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.schema import Questionnaire

from app.domain.reflection.answers import level_of
from app.domain.reports.snapshot import ClusterSubmission, Snapshot
from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

BENCHMARK_MINIMUM = 8
"""The fewest clusters in a benchmark; with fewer, a band could end at the level of one single cluster."""


class BenchmarkPosition(StrEnum):
    """Whether a level is below, within or above a band."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True)
class BenchmarkBand:
    """The interquartile range of levels on one outcome: fewer than a quarter are below, fewer than a quarter above."""

    lower: Level
    upper: Level

    def standing(self, level: Level | None) -> BenchmarkPosition | None:
        """Return the position of a level relative to the band; None for no level."""
        if level is None:
            return None
        if level < self.lower:
            return BenchmarkPosition.BELOW
        return BenchmarkPosition.ABOVE if level > self.upper else BenchmarkPosition.WITHIN


@dataclass(frozen=True)
class Benchmark:
    """The bands of a cycle, the same for every reader; `bands` is empty where too few clusters agreed."""

    #: How many clusters agreed and submitted.
    clusters: int
    #: The fewest there must be, even without those of any one board.
    fewest: int
    #: Outcome code -> band, None where too few gave a level.
    bands: Mapping[str, BenchmarkBand | None]

    @property
    def is_shown(self) -> bool:
        """Whether enough clusters agreed."""
        return bool(self.bands)


def benchmark(snapshot: Snapshot, questionnaire: Questionnaire) -> Benchmark:
    """Return the bands over all clusters that agreed and submitted, including the reader's own cluster."""
    agreed = [each for each in snapshot.returns if each.compares and each.answers is not None]
    fewest = max(snapshot.minimum_group, BENCHMARK_MINIMUM)
    codes = [outcome.code for outcome in questionnaire.outcomes] if _is_enough(agreed, fewest) else []
    return Benchmark(len(agreed), fewest, {code: _band(code, agreed, fewest) for code in codes})


def interquartile_levels(levels: Distribution) -> BenchmarkBand:
    """Return the lower and upper quartile levels, counted in from either end; ValueError if there are no levels."""
    if not levels.given:
        raise ValueError("nobody gave a level")
    in_order = [level for level in Level for _ in range(levels.count(level))]
    quarter = -(-levels.given // 4)
    return BenchmarkBand(in_order[quarter - 1], in_order[-quarter])


def _band(code: str, agreed: list[ClusterSubmission], fewest: int) -> BenchmarkBand | None:
    given = [each for each in agreed if Level.of(level_of((each.answers or {}).get(code)))]
    if not _is_enough(given, fewest):
        return None
    return interquartile_levels(Distribution.of(level_of((each.answers or {}).get(code)) for each in given))


def _is_enough(compared: list[ClusterSubmission], fewest: int) -> bool:
    """Return whether enough clusters remain even without any one board, whose officers know its clusters' answers."""
    boards = [each.board for each in compared]
    largest = max((boards.count(board) for board in set(boards)), default=0)
    return len(compared) - largest >= fewest
