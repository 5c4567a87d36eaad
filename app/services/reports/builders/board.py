"""The report of a health board."""

from reports.board.report import BoardReport

from app.domain.errors import RecordNotFound
from app.domain.reports.board import board_figures
from app.services.reports.snapshots import ReportInput


def build_board_report(material: ReportInput, board_code: str, *, inside: bool) -> BoardReport:
    """Build the report of a board (ODS code); `inside`: the edition for its officers, which names its clusters.

    Raise RecordNotFound if the snapshot does not have the board.
    """
    taken = material.snapshot
    known = [board.code for board in taken.boards]
    if board_code not in known:
        raise RecordNotFound("board", board_code, known)
    return BoardReport(
        imprint=material.imprint,
        figures=board_figures(taken, material.questionnaires, board_code, inside=inside),
        questionnaire=material.questionnaire,
        minimum_group=taken.minimum_group,
        inside=inside,
    )
