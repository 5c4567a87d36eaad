"""Themes are counted by cluster, with the numbers of texts written and coded; a quote never names its author."""

import json
from collections import defaultdict
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.schema import BilingualText

from app.domain.errors import InvalidValue
from app.domain.themes.theme_counts import ApprovedQuote, CodedTheme, is_taken, shown_themes, theme_name

PLACES = [("FACTORS-1", "detail:funding"), ("PCMW-01", "evidence"), ("PCMW-01", "why")]
CLUSTERS = [f"cluster-{number}" for number in range(8)]
codings = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 4), st.sampled_from(CLUSTERS)), max_size=40)


def coded_from(listed) -> tuple[CodedTheme, ...]:
    """Return coded themes as the service does, from rows of (field, position of the theme or 0, cluster)."""
    behind = defaultdict(set)
    for place, position, cluster in listed:
        behind[place, position].add(cluster)
    return tuple(
        CodedTheme(
            *place,
            theme=BilingualText(f"Theme {position}", f"Thema {position}") if position else None,
            position=position,
            clusters=tuple(sorted(clusters)) if position else (),
            written=8,
            read=6,
            quotes=(ApprovedQuote(f"Words {position}", "en"),),
        )
        for (place, position), clusters in sorted(
            behind.items(), key=lambda each: (PLACES.index(each[0][0]), each[0][1])
        )
    )


@given(codings)
def test_each_count_is_of_clusters_each_once_and_the_most_frequent_comes_first(listed):
    shown = shown_themes(coded_from(listed), submitted=46, minimum=5)
    recount = defaultdict(set)
    for (item, field), position, cluster in listed:
        if position:
            recount[f"{item}.{field}.{position}"].add(cluster)
    assert {each.code: each.clusters for of in shown for each in of.counts} == {
        code: len(clusters) for code, clusters in recount.items()
    }
    for of in shown:
        assert (of.written, of.read) == (8, 6)
        order = [(-each.clusters, each.code) for each in of.counts]
        assert order == sorted(order)
        assert [quote.theme is None for quote in of.quotes] == sorted(quote.theme is None for quote in of.quotes)


@given(codings)
def test_nothing_that_is_shown_says_which_cluster_it_came_from(listed):
    shown = shown_themes(coded_from(listed), submitted=46, minimum=5)
    assert "cluster-" not in json.dumps([asdict(each) for each in shown])


@given(codings, st.integers(2, 10))
def test_while_few_have_submitted_there_are_no_themes_at_all(listed, minimum):
    assert shown_themes(coded_from(listed), submitted=minimum - 1, minimum=minimum) == ()


@pytest.mark.parametrize("typed", ["", "  ", "\u200d\u200f", "x" * 81])
def test_a_name_must_be_readable_and_short(typed):
    with pytest.raises(InvalidValue):
        theme_name(typed)


def test_a_name_stands_on_one_line_as_it_was_typed():
    assert theme_name(" <b>Tŷ</b>\r\n a \x07gŵyl ") == "<b>Tŷ</b> a gŵyl"


@pytest.mark.parametrize(
    "name",
    [BilingualText("TIME  to plan", "x"), BilingualText("x", "Am\u200dser"), BilingualText("Ｔime to plan", "x")],
)
def test_a_name_that_looks_like_another_is_taken(name):
    assert is_taken(name, [BilingualText("Time to plan", "Amser")])
    assert not is_taken(BilingualText("Amser", "Time to plan"), [BilingualText("Time to plan", "Amser")])
