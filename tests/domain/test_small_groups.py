"""What the small-group rule hides cannot be worked out from totals."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.small_numbers import hidden_groups

boards = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 14), max_size=7)
minima = st.integers(2, 10)


@given(boards, minima)
def test_no_small_group_is_shown(sizes, minimum):
    shown = set(sizes) - hidden_groups(sizes, minimum)
    assert all(sizes[name] >= minimum for name in shown)


@given(boards, minima)
def test_the_total_less_all_that_is_shown_is_never_a_small_group(sizes, minimum):
    hidden = hidden_groups(sizes, minimum)
    rest = sum(sizes[name] for name in hidden)
    assert not hidden or rest >= minimum or hidden == set(sizes)


def test_that_nobody_of_a_board_gave_a_level_is_hidden_too():
    assert hidden_groups({"Powys": 0, "Hywel Dda": 6, "Swansea Bay": 7}, 5) == {"Powys", "Hywel Dda"}


def test_powys_alone_takes_the_next_smallest_board_with_it():
    sizes = {"Powys": 3, "Hywel Dda": 6, "Swansea Bay": 7, "Betsi Cadwaladr": 9}
    assert hidden_groups(sizes, 5) == {"Powys", "Hywel Dda"}


def test_two_small_boards_that_are_large_enough_together_hide_no_third():
    assert hidden_groups({"Powys": 3, "Hywel Dda": 4, "Swansea Bay": 7}, 5) == {"Powys", "Hywel Dda"}
