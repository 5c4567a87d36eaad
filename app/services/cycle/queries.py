"""Find, list and lock cycles."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.domain.cycle.lifecycle import CycleState, is_round_finished
from app.domain.errors import CycleNotOver, RecordNotFound, RoundFinished
from app.models import Cycle, Publication


def find_cycle(year: int) -> Cycle:
    """Return the cycle of that year; raise RecordNotFound if there is none."""
    if found := session.get(Cycle, year):
        return found
    raise RecordNotFound("cycle", year, session.scalars(select(Cycle.year).order_by(Cycle.year)).all())


def list_cycles() -> Sequence[Cycle]:
    """Return all cycles, newest first."""
    return session.scalars(select(Cycle).order_by(Cycle.year.desc())).all()


def lock_cycle(cycle: Cycle) -> None:
    """Lock the row of the cycle until the transaction ends and reload it.

    On SQLite the transaction itself locks the database.
    """
    session.refresh(cycle, with_for_update=True)


def lock_peer_review_round(cycle: Cycle, now: datetime) -> None:
    """Lock the cycle as `lock_cycle` does; raise RoundFinished if its round of peer review is finished."""
    lock_cycle(cycle)
    require_unfinished_round(cycle, now)


def require_unfinished_round(cycle: Cycle, now: datetime) -> None:
    """Raise RoundFinished if the round of peer review of the cycle is finished, so that it can no longer change."""
    if cycle.year in finished_rounds(now):
        raise RoundFinished


def finished_rounds(now: datetime) -> frozenset[int]:
    """Return the years whose rounds of peer review are finished, so that they can no longer change."""
    everything = list_cycles()
    published = set(session.scalars(select(Publication.cycle_year)))
    begun = [each.year for each in everything if each.state_at(now) is not CycleState.SCHEDULED]
    return frozenset(each.year for each in everything if is_round_finished(each.year, published, begun))


def is_cycle_over(cycle: Cycle, now: datetime) -> bool:
    """Return whether clusters can no longer answer: the last day has passed, or staff closed the cycle early."""
    return cycle.state_at(now) is CycleState.CLOSED


def require_cycle_over(cycle: Cycle, now: datetime) -> None:
    """Raise CycleNotOver if the cycle is open or has not opened yet."""
    if not is_cycle_over(cycle, now):
        raise CycleNotOver


def is_cycle_published(cycle: Cycle) -> bool:
    """Return whether reports of this cycle have been published."""
    return session.scalar(select(Publication.id).filter_by(cycle_year=cycle.year).limit(1)) is not None
