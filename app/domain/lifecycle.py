"""The states of a cycle and of a reflection, and what is refused in which."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

WALES = ZoneInfo("Europe/London")
"""Days are those of the calendar of Wales."""


class CycleState(StrEnum):
    """Whether clusters can answer."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class ReflectionState(StrEnum):
    """Where a cluster stands in a cycle."""

    NOT_BEGUN = "not begun"
    IN_PROGRESS = "in progress"
    SUBMITTED = "submitted"
    REOPENED = "reopened"


def cycle_state(opens: date, closes: date, *, closed_early: bool, today: date) -> CycleState:
    """The state of a cycle on a day; both the opening and the closing day count as open."""
    if closed_early or today > closes:
        return CycleState.CLOSED
    return CycleState.OPEN if today >= opens else CycleState.SCHEDULED


def last_day(closes: date, closed_at: datetime | None) -> date:
    """The last day on which clusters could answer: the one that was set, or when it was closed before that."""
    return min(closes, closed_at.astimezone(WALES).date()) if closed_at else closes


def reflection_state(*, answers: int, submissions: int, standing: bool) -> ReflectionState:
    """The state of a reflection with that many answers and submissions, the last of them standing or reopened."""
    if standing:
        return ReflectionState.SUBMITTED
    if submissions:
        return ReflectionState.REOPENED
    return ReflectionState.IN_PROGRESS if answers else ReflectionState.NOT_BEGUN
