"""The state of a cycle follows from its days; that of a reflection from its answers and submissions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.cycle.lifecycle import (
    CycleState,
    ReflectionState,
    cycle_state,
    is_round_finished,
    last_day,
    reflection_state,
)

OPENS, CLOSES = date(2026, 4, 1), date(2026, 5, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (OPENS - timedelta(days=1), CycleState.SCHEDULED),
        (OPENS, CycleState.OPEN),
        (CLOSES, CycleState.OPEN),
        (CLOSES + timedelta(days=1), CycleState.CLOSED),
    ],
)
def test_the_first_and_the_last_day_are_open(today, expected):
    assert cycle_state(OPENS, CLOSES, closed_early=False, today=today) is expected


@pytest.mark.parametrize(
    ("closed_at", "expected"),
    [
        (None, CLOSES),
        (datetime(2026, 5, 10, 12, tzinfo=UTC), date(2026, 5, 10)),
        (datetime(2026, 5, 10, 23, 30, tzinfo=UTC), date(2026, 5, 11)),  # summer time: after midnight in Wales
        (datetime(2026, 8, 1, tzinfo=UTC), CLOSES),
    ],
)
def test_the_last_day_is_the_one_it_was_really_open(closed_at, expected):
    assert last_day(CLOSES, closed_at) == expected


def test_a_cycle_closed_early_is_closed():
    assert cycle_state(OPENS, CLOSES, closed_early=True, today=OPENS) is CycleState.CLOSED


@pytest.mark.parametrize(
    ("answers", "submissions", "standing", "expected"),
    [
        (0, 0, False, ReflectionState.NOT_BEGUN),
        (1, 0, False, ReflectionState.IN_PROGRESS),
        (32, 1, True, ReflectionState.SUBMITTED),
        (32, 1, False, ReflectionState.REOPENED),
    ],
)
def test_the_state_follows_from_answers_and_submissions(answers, submissions, standing, expected):
    assert reflection_state(answers=answers, submissions=submissions, standing=standing) is expected


@pytest.mark.parametrize(
    ("published", "begun", "expected"),
    [
        ((), (), False),
        ((), (2024, 2026), False),
        ((2024,), (2026,), False),
        ((2026,), (2026,), True),
        ((), (2026, 2027), True),
        ((), (2028,), True),
    ],
)
def test_a_round_of_peer_review_is_finished_by_its_reports_or_a_later_cycle(published, begun, expected):
    assert is_round_finished(2026, published, begun) is expected
