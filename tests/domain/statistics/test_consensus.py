"""Consensus has the values its authors publish, and the agenda reveals nothing about few ratings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.statistics.consensus import consensus
from app.domain.statistics.distribution import Distribution
from app.domain.workshop.agenda import most_disagreed_first

SPREADS = st.builds(Distribution, *(st.integers(0, 30) for _level in range(4)))


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        (Distribution(5, 0, 0), 1.0),
        (Distribution(0, 0, 2, unable=7), 1.0),
        (Distribution(4, 0, 4), 0.0),
        (Distribution(3, 3, 3), 1 / 3),
        (Distribution(2, 2, 0), 0.585),
        (Distribution(1, 0, 0), None),
        (Distribution(0, 0, 0, unable=9), None),
    ],
)
def test_consensus_is_one_when_all_agree_and_nothing_when_half_stand_at_either_end(spread, expected):
    assert consensus(spread) == (expected if expected is None else pytest.approx(expected, abs=0.0005))


@given(SPREADS)
def test_consensus_lies_between_nothing_and_one_and_is_the_same_from_both_ends(spread):
    mirrored = Distribution(spread.mature, spread.developing, spread.foundation, spread.unable)
    found = consensus(spread)
    assert found is None or 0 - 1e-9 <= found <= 1 + 1e-9
    assert found == (None if found is None else pytest.approx(consensus(mirrored)))


@given(SPREADS)
def test_not_able_to_say_changes_no_agreement(spread):
    assert consensus(spread) == consensus(Distribution(spread.foundation, spread.developing, spread.mature))


def test_the_widest_apart_come_first_and_too_few_views_stay_in_their_order():
    spreads = {
        "A": Distribution(4, 0, 0),
        "B": Distribution(1, 0, 2),
        "C": Distribution(2, 0, 2),
        "D": Distribution(0, 3, 0),
        "E": Distribution(2, 2, 0),
    }
    assert most_disagreed_first("ABCDE", spreads, minimum=4) == ["C", "E", "A", "B", "D"]


@given(st.dictionaries(st.sampled_from("ABCDEF"), SPREADS, min_size=6))
def test_what_too_few_said_never_moves_an_outcome(spreads):
    few = {code: spread if spread.given + spread.unable >= 4 else Distribution() for code, spread in spreads.items()}
    assert most_disagreed_first("ABCDEF", spreads, 4) == most_disagreed_first("ABCDEF", few, 4)
