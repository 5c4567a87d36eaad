"""Opens, reschedules and closes the yearly cycle, and keeps the wording it was opened with."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from surveys.loader import current_questionnaire, read_frozen
from surveys.schema import AnswerOption, Questionnaire, Survey

from app.db import session, transaction
from app.domain.cycle.lifecycle import WALES, CycleDays, CycleState, doubts, is_round_finished
from app.domain.errors import CycleNotOver, Doubtful, InvalidValue, RecordNotFound, RoundFinished
from app.models import Cluster, Cycle, FrozenSurvey, Publication, Reflection


def open_cycle(
    year: int, opens: date, closes: date, *, synthetic: bool = False, unconfirmed_at: datetime | None = None
) -> Cycle:
    """Freeze the surveys as they stand and give every cluster its reflection.

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


def questionnaire_of(cycle: Cycle) -> Questionnaire:
    """The surveys as they were frozen for this cycle."""
    return _read(tuple((survey.content, survey.content_hash) for survey in cycle.surveys))


def list_professional_groups() -> tuple[AnswerOption, ...]:
    """The professional groups in the newest wording: of the newest cycle, or of the files before there is one."""
    newest = session.scalar(select(Cycle).order_by(Cycle.year.desc()).limit(1))
    return (questionnaire_of(newest) if newest else current_questionnaire()).groups


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


@lru_cache(maxsize=16)
def _read(frozen: tuple[tuple[str, str], ...]) -> Questionnaire:
    return Questionnaire(tuple(read_frozen(content, content_hash) for content, content_hash in frozen))
