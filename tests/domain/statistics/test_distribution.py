"""Levels are ordinal: they are counted, never averaged."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

CODES = ["foundation", "developing", "mature", "unable", ""]
some_codes = st.lists(st.sampled_from(CODES), max_size=70)


@given(some_codes)
def test_every_answer_is_counted_once_and_blanks_never(codes):
    counted = Distribution.of(codes)
    assert counted.given + counted.unable == len([code for code in codes if code])
    assert sum(counted.count(level) for level in Level) == counted.given


@given(some_codes)
def test_half_of_the_levels_are_at_or_below_the_median_and_half_at_or_above(codes):
    counted = Distribution.of(codes)
    if counted.median() is None:
        assert counted.given == 0
        return
    low, high = counted.median()
    assert low <= high
    assert counted.given <= 2 * sum(counted.count(level) for level in Level if level <= high)
    assert counted.given <= 2 * sum(counted.count(level) for level in Level if level >= low)


def test_the_median_between_two_levels_names_both():
    assert Distribution.of(["foundation", "mature"]).median() == (Level.FOUNDATION, Level.MATURE)


def test_not_able_to_say_is_no_level():
    assert Level.of("unable") is None
    assert Distribution.of(["unable"]) == Distribution(unable=1)


def test_a_level_that_does_not_exist_is_none():
    assert [Level.of(code) for code in ("excellent", "", "MATURE", "mature")] == [None, None, None, Level.MATURE]
