"""The data rows of a board report, with what is withheld in the edition for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from reports.board.report import BoardReport
from reports.data.count_rows import distribution, steps
from reports.data.data_row import CellState, DataRow, withheld
from reports.data.question_names import CodeNames

if TYPE_CHECKING:
    from app.domain.reports.board import YearLevels
    from app.domain.reports.board_movement import BoardMovement
    from app.domain.reports.national import QuestionCounts
    from app.domain.reports.snapshot import BoardName

WALES = "wales"


def rows(report: BoardReport) -> Iterator[DataRow]:
    """Yield every figure and every passage of the report."""
    figures, year = report.figures, report.imprint.year
    for place, each in ((report.code, figures.response), (WALES, figures.wales)):
        yield DataRow("response", "submitted", each.submitted, each.clusters, year, place)
    yield from _clusters(report)
    answers = (*_levels(report), *_options(report))
    if figures.boards:
        yield from answers
    else:
        own = (row for row in answers if row.place == report.code)
        yield from withheld(own, CellState.HIDDEN if figures.response.submitted else CellState.NONE)
    if figures.movement and figures.boards:
        yield from _movement(report, figures.movement)
    for each_year in figures.years[1:] if figures.boards else ():
        yield from _year(report, each_year)
    for asked in figures.questions:
        for said in asked.passages:
            row = partial(DataRow, "written", "passage", year=year, item=asked.own.question.code)
            yield row(value=said.text, place=said.cluster, category=said.option, language=said.language)


def wording(report: BoardReport) -> CodeNames:
    """Return the names of the boards, of the clusters where they are named, and of what was asked."""
    figures, moved = report.figures, report.figures.movement
    boards = [figures.board, *figures.boards, *(moved.boards if moved else ())]
    boards += [board for year in figures.years for board in year.boards]
    names = {board.code: board.name for board in boards} | {each.code: each.name for each in figures.clusters}
    return CodeNames(
        {report.imprint.year: report.questionnaire},
        names | {each.code: each.name for each in (moved.clusters if moved else ())},
        subject=report.code,
        edition="inside" if report.inside else "",
    )


def _place(report: BoardReport, boards: Iterable[BoardName]) -> str:
    """Return the codes of the boards whose figures are shown, joined; the board's own if none are."""
    return "+".join(board.code for board in boards) or report.code


def _clusters(report: BoardReport) -> Iterator[DataRow]:
    for cluster in report.figures.clusters:
        row = partial(DataRow, year=report.imprint.year, place=cluster.code)
        yield row("response", "submitted", int(cluster.levels is not None), 1)
        for item, level in (cluster.levels or {}).items():
            state = CellState.SHOWN if level else CellState.NONE
            yield row("cluster_levels", "level", level or None, item=item, state=state)


def _levels(report: BoardReport) -> Iterator[DataRow]:
    figures, year = report.figures, report.imprint.year
    place = _place(report, figures.boards)
    for each in figures.outcomes:
        yield from distribution(each.own, figures.submitted, place, each.outcome.code, year)
        if each.wales:
            yield from distribution(each.wales, figures.wales.submitted, WALES, each.outcome.code, year)


def _options(report: BoardReport) -> Iterator[DataRow]:
    for each in report.figures.questions:
        yield from _counts(each.own, report, _place(report, report.figures.boards))
        if each.wales:
            yield from _counts(each.wales, report, WALES)


def _counts(counted: QuestionCounts, report: BoardReport, place: str) -> Iterator[DataRow]:
    row = partial(DataRow, "options", "clusters", year=report.imprint.year, place=place, item=counted.question.code)
    for option in counted.options:
        yield row(value=option.chosen, of=counted.answered, category=option.code)


def _year(report: BoardReport, year: YearLevels) -> Iterator[DataRow]:
    place = _place(report, year.boards)
    for outcome in report.questionnaire.outcomes:
        if outcome.code in year.distributions:
            counted = year.distributions[outcome.code]
            yield from distribution(counted, year.submitted, place, outcome.code, year.year)
        else:
            state = CellState.NOT_COMPARABLE if year.boards else CellState.HIDDEN
            yield DataRow("levels", "clusters", None, year=year.year, place=place, item=outcome.code, state=state)


def _movement(report: BoardReport, moved: BoardMovement) -> Iterator[DataRow]:
    """Rows of the steps only: levels before and now, with those of each year, could reveal few clusters."""
    year, place = report.imprint.year, _place(report, moved.boards)
    row = partial(DataRow, "movement", year=year)
    if moved.boards:
        yield row("submitted_both", moved.both, moved.now, place=place)
        yield row("compared", moved.compared, moved.both, place=place)
    if moved.boards and moved.wales:
        compared, submitted = moved.wales
        yield row("submitted_both", compared + moved.left_out, submitted, place=WALES)
        yield row("compared", compared, compared + moved.left_out, place=WALES)
    for each in moved.outcomes:
        own = steps(each.own, place, each.outcome.code, year)
        yield from own if moved.boards else withheld(own, CellState.NONE if moved.is_none else CellState.HIDDEN)
        if each.wales and moved.boards:
            yield from steps(each.wales, WALES, each.outcome.code, year)
    for changed in moved.changed:
        yield row("clusters", None, place=place, item=changed.outcome.code, state=CellState.NOT_COMPARABLE)
    for cluster in moved.clusters:
        for item, (before, now) in (cluster.answered or {}).items():
            found = partial(DataRow, "cluster_movement", "step", cluster.step(item).value, year=year)
            yield found(place=cluster.code, item=item, category=f"{before}>{now}")
