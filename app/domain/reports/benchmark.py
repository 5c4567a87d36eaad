"""Where a cluster's level lies among the clusters that agreed to be compared: within a band, never as a rank.

docs/decisions/0018 weighs what a band tells of few clusters.
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
"""With fewer, an edge of the middle half is the level of the very highest or lowest cluster alone."""


class BenchmarkPosition(StrEnum):
    """Where a level lies, seen from the band."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True)
class BenchmarkBand:
    """The middle half of the clusters on one outcome: fewer than a quarter lie below it, fewer than a quarter above."""

    lower: Level
    upper: Level

    def standing(self, level: Level | None) -> BenchmarkPosition | None:
        """Where a level lies; None for none."""
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
    #: How many there must be, also less those of any one board.
    fewest: int
    #: Outcome code -> band, None where too few gave a level.
    bands: Mapping[str, BenchmarkBand | None]

    @property
    def is_shown(self) -> bool:
        """Whether enough clusters agreed."""
        return bool(self.bands)


def benchmark(snapshot: Snapshot, questionnaire: Questionnaire) -> Benchmark:
    """The comparison of all clusters that agreed and submitted; the reader's own cluster is one of them."""
    agreed = [each for each in snapshot.returns if each.compares and each.answers is not None]
    fewest = max(snapshot.minimum_group, BENCHMARK_MINIMUM)
    codes = [outcome.code for outcome in questionnaire.outcomes] if _is_enough(agreed, fewest) else []
    return Benchmark(len(agreed), fewest, {code: _band(code, agreed, fewest) for code in codes})


def interquartile_levels(levels: Distribution) -> BenchmarkBand:
    """From the lower to the upper quartile level, by counting in from either end; ValueError when nobody gave one."""
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
    """Whether there are enough, even for an officer, who knows what every cluster of one board said."""
    boards = [each.board for each in compared]
    largest = max((boards.count(board) for board in set(boards)), default=0)
    return len(compared) - largest >= fewest
