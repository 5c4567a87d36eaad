"""Private ratings are counted if there are enough, or if they were saved after the announcement."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import TooFewRatings
from app.domain.workshop.private_ratings import countable_ratings, distribution_of_ratings

NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class View:
    level: str = "mature"
    note: str = ""
    saved_at: datetime = NOON


def test_enough_views_are_counted_all():
    assert len(countable_ratings([View()] * 4, 4, None)) == 4


@pytest.mark.parametrize("small_group_announced_at", [None, NOON + timedelta(hours=1)])
def test_too_few_views_of_people_who_were_not_told_stay_hidden(small_group_announced_at):
    with pytest.raises(TooFewRatings) as refused:
        countable_ratings([View()] * 3, 4, small_group_announced_at)
    assert (refused.value.counted, refused.value.minimum) == (3, 4)


def test_of_few_views_only_those_given_knowing_are_counted():
    late = View(saved_at=NOON + timedelta(hours=2))
    assert countable_ratings([View(), View(), late], 4, NOON + timedelta(hours=1)) == [late]


@given(st.permutations([View(note=note) for note in ("b", "A", "c", "", "Ŵ")]))
def test_the_order_of_notes_tells_nothing_of_the_order_of_views(views):
    assert distribution_of_ratings(views) == distribution_of_ratings(
        [View(note=note) for note in ("A", "b", "c", "Ŵ", "")]
    )
