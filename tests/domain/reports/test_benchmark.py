"""A benchmark reveals nothing about few clusters, whoever reads it and whatever they know."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.loader import current_questionnaire
from surveys.schema import LEVELS, UNABLE

from app.domain.disclosure.threshold import merge_small_groups
from app.domain.reports.benchmark import (
    BENCHMARK_MINIMUM,
    BenchmarkBand,
    BenchmarkPosition,
    benchmark,
    interquartile_levels,
)
from app.domain.reports.snapshot import BoardName, ClusterSubmission, Snapshot
from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

QUESTIONNAIRE = current_questionnaire()
OUTCOME = QUESTIONNAIRE.outcomes[0].code
BOARDS = ("A", "B", "C")

returns = st.lists(
    st.tuples(st.sampled_from(BOARDS), st.sampled_from([*LEVELS, *LEVELS, UNABLE, ""]), st.booleans() | st.just(True)),
    max_size=30,
)


def snapshot_of(given_returns, minimum: int = 5) -> Snapshot:
    listed = tuple(
        ClusterSubmission(f"cluster-{n}", board, {OUTCOME: {"level": level}}, compares=agrees)
        for n, (board, level, agrees) in enumerate(given_returns)
    )
    return Snapshot(
        2026, QUESTIONNAIRE.content_hash, minimum, tuple(BoardName(code, None, None) for code in BOARDS), listed
    )


def band_of(levels) -> BenchmarkBand:
    return interquartile_levels(Distribution.of(level.code for level in levels))


@given(st.lists(st.sampled_from(Level), min_size=1, max_size=60))
def test_the_band_is_between_the_quartiles_by_count(levels):
    band, quarter = band_of(levels), len(levels) / 4
    assert band.lower == np.quantile(levels, 0.25, method="inverted_cdf")
    assert band.upper == -np.quantile([-level for level in levels], 0.25, method="inverted_cdf")
    assert sum(level < band.lower for level in levels) < quarter <= sum(level <= band.lower for level in levels)
    assert sum(level > band.upper for level in levels) < quarter <= sum(level >= band.upper for level in levels)


def test_nobody_has_no_band():
    with pytest.raises(ValueError, match="nobody"):
        interquartile_levels(Distribution(unable=9))


def test_a_level_is_below_within_or_above_and_none_is_nowhere():
    band = BenchmarkBand(Level.DEVELOPING, Level.DEVELOPING)
    found = [band.standing(level) for level in (None, *Level)]
    assert found == [None, BenchmarkPosition.BELOW, BenchmarkPosition.WITHIN, BenchmarkPosition.ABOVE]


@settings(max_examples=60)
@given(returns, st.integers(2, 12))
def test_a_band_is_of_those_that_agreed_and_shown_only_where_enough_stand_outside_every_board(rows, minimum):
    found = benchmark(snapshot_of(rows, minimum), QUESTIONNAIRE)
    agreed = [(board, level) for board, level, agrees in rows if agrees]
    fewest = max(minimum, 8)
    outside = min(sum(other != board for other, _level in agreed) for board in BOARDS)
    assert (found.clusters, found.fewest) == (len(agreed), fewest)
    assert found.is_shown == (outside >= fewest)
    if found.is_shown:
        gave = [(board, Level.of(level)) for board, level in agreed if level in LEVELS]
        enough = min(sum(other != board for other, _level in gave) for board in BOARDS) >= fewest
        assert found.bands[OUTCOME] == (band_of([level for _board, level in gave]) if enough else None)
        assert found.bands[QUESTIONNAIRE.outcomes[1].code] is None


@given(returns)
def test_answers_of_clusters_that_did_not_agree_move_nothing(rows):
    others = [(board, "mature", agrees) if not agrees else (board, level, agrees) for board, level, agrees in rows]
    found, changed = (benchmark(snapshot_of(each), QUESTIONNAIRE) for each in (rows, others))
    assert found == changed


def shared_out(size: int) -> list[tuple[int, int, int]]:
    """Return every distribution of so many clusters over the three levels."""
    return [(low, size - low - high, high) for low in range(size + 1) for high in range(size + 1 - low)]


def possible(known: Distribution, unknown: int, band: BenchmarkBand) -> list[tuple[int, int, int]]:
    """Return the possible distributions of the unknown clusters, for a reader who knows the others and the band."""
    mine = tuple(known.counts.values())
    return [
        each
        for each in shared_out(unknown)
        if interquartile_levels(Distribution(*(one + other for one, other in zip(mine, each, strict=True)))) == band
    ]


def counts_in(size: int, totals: list[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Return the possible distributions of `size` of the unknown clusters."""
    return {
        part
        for part in shared_out(size)
        if any(all(one <= most for one, most in zip(part, total, strict=True)) for total in totals)
    }


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(Level), max_size=14),
    st.lists(st.sampled_from(Level), min_size=BENCHMARK_MINIMUM, max_size=12),
)
def test_attack_an_officer_who_knows_a_whole_board_learns_the_level_of_no_few_clusters(known, unknown):
    """The level of an unknown cluster is certain only if all unknown ones have the same; that is a figure of FEWEST."""
    mine = Distribution.of(level.code for level in known)
    totals = possible(mine, len(unknown), band_of([*known, *unknown]))
    assert tuple(unknown.count(level) for level in Level) in totals
    if any(max(total) < len(unknown) for total in totals):
        for size in range(1, BENCHMARK_MINIMUM):
            assert len(counts_in(size, totals)) > 1


def alone(others: list[Level], without: int) -> BenchmarkBand:
    """Return the band of the other clusters, without the reader's own, which the product does not publish."""
    return band_of([level for place, level in enumerate(others) if place != without])


def test_attack_bands_without_the_readers_own_cluster_would_tell_two_readers_more_than_one_band_tells_both():
    """Two readers compare their reports: different bands would reveal a level; one band for all reveals none."""
    levels = [Level.FOUNDATION] * 3 + [Level.DEVELOPING] * 6 + [Level.MATURE] * 3
    leaks = [(one, other) for one, other in combinations(range(12), 2) if alone(levels, one) != alone(levels, other)]
    assert leaks
    rows = [(BOARDS[n % 3], level.code, True) for n, level in enumerate([*levels, *levels])]
    snapshot = snapshot_of(rows)
    assert benchmark(snapshot, QUESTIONNAIRE).is_shown
    turned = replace(snapshot, returns=tuple(reversed(snapshot.returns)))
    assert benchmark(snapshot, QUESTIONNAIRE) == benchmark(turned, QUESTIONNAIRE)


def test_attack_a_band_that_is_made_again_when_one_cluster_joins_would_tell_of_it():
    """This is why a correction keeps the bands of the first publication."""
    before = [(BOARDS[n % 3], level, True) for n, level in enumerate(["foundation"] * 3 + ["developing"] * 9)]
    after = [*before, ("A", "foundation", True)]
    first, then = (benchmark(snapshot_of(rows, 2), QUESTIONNAIRE).bands[OUTCOME] for rows in (before, after))
    assert (first.lower, then.lower) == (Level.FOUNDATION, Level.FOUNDATION)
    moved = [
        level
        for level in LEVELS
        if benchmark(snapshot_of([*before[1:], ("A", level, True)], 2), QUESTIONNAIRE).bands[OUTCOME] != first
    ]
    assert moved == ["developing", "mature"]


def test_the_rule_is_not_weaker_than_the_one_for_boards():
    sizes = {"A": 8, "B": 8}
    assert merge_small_groups(sizes, BENCHMARK_MINIMUM)
    rows = [(board, "developing", True) for board, count in sizes.items() for _ in range(count)]
    assert benchmark(snapshot_of(rows), QUESTIONNAIRE).is_shown
    assert not benchmark(snapshot_of(rows[1:]), QUESTIONNAIRE).is_shown
