"""Open, reschedule and close the yearly cycle."""

from datetime import date, datetime

from sqlalchemy import select

from surveys.loader import current_questionnaire
from surveys.schema import Survey

from app.db import session, transaction
from app.domain.cycle.lifecycle import WALES, CycleDays, CycleState, doubts
from app.domain.errors import Doubtful, InvalidValue
from app.models import Cluster, Cycle, FrozenSurvey, Reflection
from app.services.cycle.queries import find_cycle, is_cycle_published, list_cycles, lock_cycle


def open_cycle(
    year: int, opens: date, closes: date, *, synthetic: bool = False, unconfirmed_at: datetime | None = None
) -> Cycle:
    """Create a cycle: freeze the current wording of the surveys and create a reflection for every cluster.

    Raise InvalidValue if the year has a cycle already, the last day is before the opening day or there are no
    clusters. `unconfirmed_at` is the present moment; with it, raise Doubtful if the days overlap another cycle, lie
    in the past or are in another year. Pass None once somebody has confirmed the days.
    """
    questionnaire = current_questionnaire()
    with transaction():
        if session.get(Cycle, year):
            raise InvalidValue("cycle_exists", year)
        if closes < opens:
            raise InvalidValue("closes_before_opens", closes)
        _require_meant(CycleDays(year, opens, closes), unconfirmed_at)
        clusters = session.scalars(select(Cluster).order_by(Cluster.id)).all()
        if not clusters:
            raise InvalidValue("no_clusters")
        cycle = Cycle(year=year, opens=opens, closes=closes, synthetic=synthetic)
        cycle.surveys = [_frozen(survey, position) for position, survey in enumerate(questionnaire)]
        session.add(cycle)
        session.add_all(
            Reflection(cycle=cycle, cluster_id=cluster.id, board_code=cluster.board_code) for cluster in clusters
        )
    return cycle


def close_cycle(year: int, now: datetime) -> Cycle:
    """Close a cycle before its last day; do nothing if it is closed. Raise InvalidValue if it has not opened yet."""
    with transaction():
        cycle = find_cycle(year)
        lock_cycle(cycle)
        if cycle.state_at(now) is CycleState.SCHEDULED:
            raise InvalidValue("not_opened", cycle.opens)
        cycle.closed_at = cycle.closed_at or now
    return cycle


def reschedule_cycle(year: int, closes: date, *, unconfirmed_at: datetime | None = None) -> Cycle:
    """Set another last day for a cycle; a cycle that was closed early is open again until that day.

    Raise InvalidValue if the day is before the opening day or the reports are published. Raise Doubtful as
    `open_cycle` does, but only for doubts that the previous days did not raise.
    """
    with transaction():
        cycle = find_cycle(year)
        lock_cycle(cycle)
        if is_cycle_published(cycle):
            raise InvalidValue("published", year)
        if closes < cycle.opens:
            raise InvalidValue("closes_before_opens", closes)
        _require_meant(CycleDays(year, cycle.opens, closes), unconfirmed_at, before=_days(cycle))
        cycle.closes, cycle.closed_at = closes, None
    return cycle


def _require_meant(given: CycleDays, unconfirmed_at: datetime | None, before: CycleDays | None = None) -> None:
    """Raise Doubtful for each doubt about the given days that the days `before` did not raise."""
    if unconfirmed_at is None:
        return
    today = unconfirmed_at.astimezone(WALES).date()
    others = [_days(each) for each in list_cycles() if each.year != given.year]
    known = {(each.reason, each.told_by.year) for each in (doubts(before, others, today) if before else ())}
    if found := [each for each in doubts(given, others, today) if (each.reason, each.told_by.year) not in known]:
        raise Doubtful(found)


def _days(cycle: Cycle) -> CycleDays:
    return CycleDays(cycle.year, cycle.opens, cycle.last_day)


def _frozen(survey: Survey, position: int) -> FrozenSurvey:
    return FrozenSurvey(
        position=position, slug=survey.slug, content_hash=survey.content_hash, content=survey.canonical()
    )
