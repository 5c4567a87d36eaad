"""Who reviews whom on what, as it is stored: the published allocation, its versions, and the check at every reading."""

import json
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.errors import DataDamaged, RecordNotFound
from app.domain.peer_review.allocation.stored_rows_check import RuleViolation, StoredReview, rule_violations
from app.models import Allocation, ReviewAssignment

UNREADABLE = RuleViolation("unreadable")
"""Instead of what the checker would find, where it cannot read what it is given."""


def find_current_allocation(year: int) -> Allocation | None:
    """The published allocation that counts in a cycle, None before there is one.

    DataDamaged when its rows break a rule.
    """
    found = published_allocations(year)
    return _checked(found[0]) if found else None


def find_proposal(year: int) -> Allocation | None:
    """What is proposed and not published yet, None when nothing is."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_(None))
    return session.scalar(_with_rows(query))


def find_allocation(year: int, number: int) -> Allocation:
    """A published version by its number; RecordNotFound when there is none, DataDamaged when its rows break a rule."""
    found = next((each for each in published_allocations(year) if each.number == number), None)
    if found is None:
        raise RecordNotFound("allocation", number)
    return _checked(found)


def published_allocations(year: int) -> Sequence[Allocation]:
    """Every published version, the newest first; DataDamaged when one holds what cannot be read."""
    query = select(Allocation).where(Allocation.cycle_year == year, Allocation.published_at.is_not(None))
    try:
        return session.scalars(_with_rows(query).order_by(Allocation.number.desc())).all()
    except (ValueError, TypeError) as fault:  # a column of JSON holds something else
        raise DataDamaged([UNREADABLE]) from fault


def violations_of(allocation: Allocation) -> list[RuleViolation]:
    """What the independent checker finds wrong with the stored rows."""
    try:
        rows = [StoredReview(each.reviewer.code, each.reviewed.code, each.outcomes) for each in allocation.allotments]
        return rule_violations(json.loads(allocation.problem), rows)
    except (ValueError, KeyError, TypeError, AttributeError):  # the problem or a row is not what was written
        return [UNREADABLE]


def _checked(allocation: Allocation) -> Allocation:
    if found := violations_of(allocation):
        raise DataDamaged(found)
    return allocation


def _with_rows(query: Select[Allocation]) -> Select[Allocation]:
    rows = selectinload(Allocation.allotments)
    return query.options(rows.options(joinedload(ReviewAssignment.reviewer), joinedload(ReviewAssignment.reviewed)))
