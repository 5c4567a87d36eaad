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
    """Open a cycle: freeze the present wording of the surveys and create a reflection for every cluster.

    InvalidValue when the year is taken, the days are the wrong way round or there are no clusters. Doubtful when it
    overlaps another, lies in the past or has another year in its days, and nobody has confirmed that it is meant
    so: `unconfirmed_at` is the moment at which it is asked for then, None once it is confirmed.
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
    """Close a cycle before its day; closed already, nothing changes. InvalidValue when it has not opened yet."""
    with transaction():
        cycle = find_cycle(year)
        lock_cycle(cycle)
        if cycle.state_at(now) is CycleState.SCHEDULED:
            raise InvalidValue("not_opened", cycle.opens)
        cycle.closed_at = cycle.closed_at or now
    return cycle


def reschedule_cycle(year: int, closes: date, *, unconfirmed_at: datetime | None = None) -> Cycle:
    """Give a cycle another last day, also one that was closed before its day.

    InvalidValue when it would not open first, or when its reports are published; Doubtful as when a cycle is opened,
    for what was no doubt with the day that it had.
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
    """Doubtful where something speaks against the days, that did not against those it had before."""
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
