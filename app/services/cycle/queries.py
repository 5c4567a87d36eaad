"""Find, list and lock cycles."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.domain.cycle.lifecycle import CycleState, is_round_finished
from app.domain.errors import CycleNotOver, RecordNotFound, RoundFinished
from app.models import Cycle, Publication


def find_cycle(year: int) -> Cycle:
    """The cycle of that year; RecordNotFound when there is none."""
    if found := session.get(Cycle, year):
        return found
    raise RecordNotFound("cycle", year, session.scalars(select(Cycle.year).order_by(Cycle.year)).all())


def list_cycles() -> Sequence[Cycle]:
    """All cycles, the newest first."""
    return session.scalars(select(Cycle).order_by(Cycle.year.desc())).all()


def lock_cycle(cycle: Cycle) -> None:
    """Let one at a time change what is set, proposed or returned in a cycle, and read it as it is then.

    On SQLite the transaction does that.
    """
    session.refresh(cycle, with_for_update=True)


def lock_peer_review_round(cycle: Cycle, now: datetime) -> None:
    """Let one at a time change the round of peer review of a cycle; RoundFinished when nobody may any more."""
    lock_cycle(cycle)
    require_unfinished_round(cycle, now)


def require_unfinished_round(cycle: Cycle, now: datetime) -> None:
    """RoundFinished when the round of peer review of a cycle is not changed any more."""
    if cycle.year in finished_rounds(now):
        raise RoundFinished


def finished_rounds(now: datetime) -> frozenset[int]:
    """The years whose rounds of peer review are not changed any more."""
    everything = list_cycles()
    published = set(session.scalars(select(Publication.cycle_year)))
    begun = [each.year for each in everything if each.state_at(now) is not CycleState.SCHEDULED]
    return frozenset(each.year for each in everything if is_round_finished(each.year, published, begun))


def is_cycle_over(cycle: Cycle, now: datetime) -> bool:
    """Whether clusters can answer no more: the last day has passed, or staff closed the cycle before it."""
    return cycle.state_at(now) is CycleState.CLOSED


def require_cycle_over(cycle: Cycle, now: datetime) -> None:
    """CycleNotOver while clusters can still answer, or cannot answer yet."""
    if not is_cycle_over(cycle, now):
        raise CycleNotOver


def is_cycle_published(cycle: Cycle) -> bool:
    """Whether reports of this cycle were ever published."""
    return session.scalar(select(Publication.id).filter_by(cycle_year=cycle.year).limit(1)) is not None
