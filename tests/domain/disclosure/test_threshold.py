"""Boards are shown alone or merged so that no reader can work out the answers of few clusters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure.differencing import is_safe
from app.domain.disclosure.threshold import merge_small_groups

boards = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 14), max_size=7)
minima = st.integers(2, 10)


@given(boards, minima)
def test_every_board_with_answers_is_in_one_group_or_nothing_is_shown(sizes, minimum):
    groups = merge_small_groups(sizes, minimum)
    assert not groups or sorted(name for group in groups for name in group) == sorted(n for n in sizes if sizes[n])
    assert sum(len(group) > 1 for group in groups) <= 1


@settings(max_examples=60)
@given(boards, minima)
def test_neither_readers_nor_officers_of_a_board_can_work_out_what_few_clusters_said(sizes, minimum):
    clusters = {name: frozenset(f"{name}{number}" for number in range(size)) for name, size in sizes.items()}
    shown = [frozenset().union(*(clusters[name] for name in group)) for group in merge_small_groups(sizes, minimum)]
    everyone = frozenset().union(*shown)
    assert is_safe([everyone, *shown], minimum, insiders=clusters.values())


def test_powys_is_shown_with_two_other_boards_for_the_officers_of_one_would_know_what_powys_said():
    sizes = {"Powys": 3, "Hywel Dda": 6, "Swansea Bay": 7, "Betsi Cadwaladr": 9}
    assert merge_small_groups(sizes, 5) == (("Betsi Cadwaladr",), ("Powys", "Hywel Dda", "Swansea Bay"))


def test_where_all_boards_are_large_enough_each_stands_alone():
    assert merge_small_groups({"Powys": 5, "Hywel Dda": 6, "Gwent": 0}, 5) == (("Powys",), ("Hywel Dda",))


def test_a_handful_of_answers_is_not_shown_at_all():
    assert (
        merge_small_groups({"Powys": 1}, 5)
        == merge_small_groups({"Powys": 3, "Hywel Dda": 4}, 5)
        == merge_small_groups({}, 5)
        == ()
    )
