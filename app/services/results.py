"""What a cycle came to: the snapshot of its submitted answers and the reports made from it."""

from pathlib import Path

from reports import press
from reports.national import NationalReport
from reports.page import national_page
from reports.press import Order

from app.domain.answers import Answers
from app.domain.national import summarise
from app.domain.peer_part import peer_part
from app.domain.snapshot import Board, Return, Snapshot
from app.models import Answer, Cycle
from app.services import cycles, peer_results, places, reflections
from config import VERSION


def snapshot(cycle: Cycle, minimum_group: int) -> Snapshot:
    """The answers of a cycle as each cluster last submitted them, in an order that never changes."""
    everyone = reflections.of_cycle(cycle.year)
    answers = reflections.submitted_answers(each.latest for each in everyone if each.latest)
    return Snapshot(
        year=cycle.year,
        wording=cycles.questionnaire(cycle).content_hash,
        minimum_group=minimum_group,
        boards=tuple(Board(board.ods_code, board.name, board.short) for board in places.boards()),
        returns=tuple(Return(each.cluster.code, each.board_code, _contents(answers.get(each.id))) for each in everyone),
        reviews=peer_results.returns(cycle),
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
        peer=peer_part(taken, questionnaire),
    )


def national_pdf(report: NationalReport, language: str) -> bytes:
    """The national summary as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(national_page(report, language))


def order_national_pdf(report: NationalReport, language: str, folder: Path, *, again: bool = False) -> Order:
    """The national summary as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(national_page(report, language), folder, again=again)


def _contents(answers: dict[str, Answer] | None) -> Answers | None:
    return None if answers is None else {code: answer.content for code, answer in answers.items()}
