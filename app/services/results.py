"""What a cycle came to: the snapshot of its submitted answers and the reports made from it."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from reports import press
from reports.national import NationalReport
from reports.page import national_page
from reports.press import Order, Stage

from app.db import session
from app.domain.answers import Answers
from app.domain.national import summarise
from app.domain.snapshot import Board, Return, Snapshot
from app.models import Answer, Cycle, HealthBoard, Reflection
from app.services import cycles
from config import VERSION


def snapshot(cycle: Cycle, minimum_group: int) -> Snapshot:
    """The submitted answers of a cycle, in an order that never changes."""
    reflections = _reflections(cycle)
    answers = _submitted_answers(reflections)
    boards = session.scalars(select(HealthBoard).order_by(HealthBoard.name_en))
    return Snapshot(
        year=cycle.year,
        wording=cycles.questionnaire(cycle).content_hash,
        minimum_group=minimum_group,
        boards=tuple(Board(board.ods_code, board.name, board.short) for board in boards),
        returns=tuple(Return(each.cluster.code, each.board_code, answers.get(each.id)) for each in reflections),
    )


def national(cycle: Cycle, minimum_group: int) -> NationalReport:
    """The national summary of a cycle as it stands."""
    taken, questionnaire = snapshot(cycle, minimum_group), cycles.questionnaire(cycle)
    return NationalReport(
        year=cycle.year,
        synthetic=cycle.synthetic,
        figures=summarise(taken, questionnaire),
        questionnaire=questionnaire,
        boards=taken.boards,
        minimum_group=minimum_group,
        snapshot_hash=taken.hash,
        app_version=VERSION,
    )


def national_pdf(report: NationalReport, language: str) -> bytes:
    """The national summary as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(national_page(report, language))


def order_national_pdf(report: NationalReport, language: str, folder: Path, *, again: bool = False) -> Order:
    """The national summary as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    page = national_page(report, language)
    ordered = press.order(page, folder)
    if again and ordered.stage is Stage.FAILED:
        press.retry(ordered)
        return press.order(page, folder)
    return ordered


def _reflections(cycle: Cycle) -> Sequence[Reflection]:
    query = select(Reflection).filter_by(cycle_year=cycle.year)
    query = query.options(joinedload(Reflection.cluster), selectinload(Reflection.submissions))
    return sorted(session.scalars(query), key=lambda each: each.cluster.code)


def _submitted_answers(reflections: Sequence[Reflection]) -> dict[int, Answers]:
    """Reflection id -> the answers at the versions that were submitted."""
    standing = {each.id: each.standing.versions for each in reflections if each.standing}
    found: dict[int, dict[str, dict[str, object]]] = {identity: {} for identity in standing}
    for answer in session.scalars(select(Answer).where(Answer.reflection_id.in_(standing)).order_by(Answer.item)):
        if standing[answer.reflection_id].get(answer.item) == answer.version:
            found[answer.reflection_id][answer.item] = answer.content
    return dict(found)
