"""The states of a cycle and of a reflection, and checks of a cycle's dates."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

WALES = ZoneInfo("Europe/London")
"""The time zone in which days begin and end."""


class CycleState(StrEnum):
    """Whether clusters can answer: not yet, now, or no longer."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


class CycleDays(NamedTuple):
    """The first and the last day on which clusters can answer in the cycle of a year, both inclusive."""

    year: int
    opens: date
    closes: date


class Doubt(NamedTuple):
    """A reason to ask again before setting up a cycle: "overlaps", "past" or "other-year", with the cycle concerned."""

    reason: str
    told_by: CycleDays


class ReflectionState(StrEnum):
    """How far a cluster has come in a cycle."""

    NOT_BEGUN = "not begun"
    IN_PROGRESS = "in progress"
    SUBMITTED = "submitted"
    REOPENED = "reopened"


def cycle_state(opens: date, closes: date, *, closed_early: bool, today: date) -> CycleState:
    """Return the state of a cycle on a day; the opening and the closing day both count as open."""
    if closed_early or today > closes:
        return CycleState.CLOSED
    return CycleState.OPEN if today >= opens else CycleState.SCHEDULED


def doubts(given: CycleDays, others: Iterable[CycleDays], today: date) -> tuple[Doubt, ...]:
    """Return every reason to ask for confirmation of a cycle's dates; `others` are the cycles of other years."""
    overlapping = (each for each in others if each.opens <= given.closes and given.opens <= each.closes)
    found = [Doubt("overlaps", each) for each in overlapping]
    if given.closes < today:
        found.append(Doubt("past", given))
    if {given.opens.year, given.closes.year} != {given.year}:
        found.append(Doubt("other-year", given))
    return tuple(found)


def is_round_finished(year: int, published: Collection[int], begun: Collection[int]) -> bool:
    """Return whether the peer review of a year is final: reports are published, or a later cycle has begun.

    `published` are the years with a published report, `begun` those whose first day has come.
    """
    return year in published or any(later > year for later in begun)


def last_day(closes: date, closed_at: datetime | None) -> date:
    """Return the last day on which clusters could answer: `closes`, or the day it was closed early, in Welsh time."""
    return min(closes, closed_at.astimezone(WALES).date()) if closed_at else closes


def reflection_state(*, answers: int, submissions: int, standing: bool) -> ReflectionState:
    """Return the state of a reflection from its numbers of answers and submissions, and whether one is current."""
    if standing:
        return ReflectionState.SUBMITTED
    if submissions:
        return ReflectionState.REOPENED
    return ReflectionState.IN_PROGRESS if answers else ReflectionState.NOT_BEGUN
