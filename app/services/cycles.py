"""Opens, reschedules and closes the yearly cycle, and keeps the wording it was opened with."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from surveys.loader import current_questionnaire, read_frozen
from surveys.schema import Option, Questionnaire, Survey

from app.db import session, transaction
from app.domain.lifecycle import WALES, CycleState, cycle_state
from app.domain.refusals import Invalid, Unknown
from app.models import Cluster, Cycle, FrozenSurvey, Reflection


def open_cycle(year: int, opens: date, closes: date, *, synthetic: bool = False) -> Cycle:
    """Freeze the surveys as they stand and give every cluster its reflection.

    Invalid when the year is taken, the days are the wrong way round or there are no clusters.
    """
    questionnaire = current_questionnaire()
    with transaction():
        if session.get(Cycle, year):
            raise Invalid("cycle_exists", year)
        if closes < opens:
            raise Invalid("closes_before_opens", closes)
        clusters = session.scalars(select(Cluster).order_by(Cluster.id)).all()
        if not clusters:
            raise Invalid("no_clusters")
        cycle = Cycle(year=year, opens=opens, closes=closes, synthetic=synthetic)
        cycle.surveys = [_frozen(survey, position) for position, survey in enumerate(questionnaire)]
        session.add(cycle)
        session.add_all(
            Reflection(cycle=cycle, cluster_id=cluster.id, board_code=cluster.board_code) for cluster in clusters
        )
    return cycle


def close_cycle(year: int, now: datetime) -> Cycle:
    """Close a cycle before its day; closed already, nothing changes."""
    with transaction():
        cycle = find(year)
        cycle.closed_at = cycle.closed_at or now
    return cycle


def reschedule(year: int, closes: date) -> Cycle:
    """Give a cycle another last day, also one that was closed before its day; Invalid when it would not open first."""
    with transaction():
        cycle = find(year)
        if closes < cycle.opens:
            raise Invalid("closes_before_opens", closes)
        cycle.closes, cycle.closed_at = closes, None
    return cycle


def find(year: int) -> Cycle:
    """The cycle of that year; Unknown when there is none."""
    if found := session.get(Cycle, year):
        return found
    raise Unknown("cycle", year, session.scalars(select(Cycle.year).order_by(Cycle.year)).all())


def cycles() -> Sequence[Cycle]:
    """All cycles, the newest first."""
    return session.scalars(select(Cycle).order_by(Cycle.year.desc())).all()


def lock(cycle: Cycle) -> None:
    """Let one at a time change what is set, proposed or returned in a cycle; on SQLite the transaction does that."""
    session.execute(select(Cycle.year).filter_by(year=cycle.year).with_for_update())


def state(cycle: Cycle, now: datetime) -> CycleState:
    """Whether clusters can answer now, by the calendar of Wales."""
    today = now.astimezone(WALES).date()
    return cycle_state(cycle.opens, cycle.closes, closed_early=cycle.closed_at is not None, today=today)


def questionnaire(cycle: Cycle) -> Questionnaire:
    """The surveys as they were frozen for this cycle."""
    return _read(tuple(survey.content for survey in cycle.surveys))


def professional_groups() -> tuple[Option, ...]:
    """The professional groups in the newest wording: of the newest cycle, or of the files before there is one."""
    newest = next(iter(cycles()), None)
    return (questionnaire(newest) if newest else current_questionnaire()).groups


def _frozen(survey: Survey, position: int) -> FrozenSurvey:
    return FrozenSurvey(
        position=position, slug=survey.slug, content_hash=survey.content_hash, content=survey.canonical()
    )


@lru_cache(maxsize=16)
def _read(contents: tuple[str, ...]) -> Questionnaire:
    return Questionnaire(tuple(read_frozen(content) for content in contents))
