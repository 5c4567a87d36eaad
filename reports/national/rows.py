"""The data rows of the national summary. A new part is a function here, and its names in dictionary.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from reports.data.count_rows import distribution, steps
from reports.data.data_row import CellState, DataRow, found, withheld
from reports.data.question_names import CodeNames
from reports.national import peer_review_rows as peer_part
from reports.national import theme_rows as themes
from reports.national.report import NationalReport

if TYPE_CHECKING:
    from app.domain.reports.trends import MovementSummary
    from app.domain.statistics.distribution import Distribution
    from app.domain.statistics.movement import Movement

WALES = "wales"


def rows(report: NationalReport) -> Iterator[DataRow]:
    """Yield every figure of the report; where few submitted, what they answered is withheld."""
    yield from _response(report)
    yield from _as_shown(report, _levels(report))
    yield from _by_board(report)
    yield from _as_shown(report, chain(_options(report), _bounds(report)))
    yield from _years(report)
    if report.over_years.moved and report.is_large_enough:
        yield from _movement(report, report.over_years.moved)
    yield from themes.rows(report)
    if report.peer:
        yield from peer_part.rows(report, report.peer)


def wording(report: NationalReport) -> CodeNames:
    """Return the names of the boards, of the clusters that share good practice, and of what was asked."""
    practices = chain.from_iterable(report.peer.good_practice.values()) if report.peer else ()
    places = {board.code: board.name for board in report.boards}
    for practice in practices:
        places |= {practice.reviewed_code: practice.reviewed, practice.reviewer_code: practice.reviewer}
    return CodeNames({report.imprint.year: report.questionnaire}, places, others=themes.names(report))


def _response(report: NationalReport) -> Iterator[DataRow]:
    for each in (*report.figures.response, report.figures.wales):
        place = each.board.code if each.board else WALES
        yield DataRow("response", "submitted", each.submitted, each.clusters, place=place)


def _as_shown(report: NationalReport, answers: Iterator[DataRow]) -> Iterator[DataRow]:
    if report.is_large_enough:
        return answers
    return withheld(answers, CellState.HIDDEN if report.figures.wales.submitted else CellState.NONE)


def _levels(report: NationalReport) -> Iterator[DataRow]:
    submitted = report.figures.wales.submitted
    for each in report.figures.outcomes:
        yield from distribution(each.distribution, submitted, WALES, each.outcome.code)


def _by_board(report: NationalReport) -> Iterator[DataRow]:
    for group in report.figures.groups:
        for code, counted in group.distributions.items():
            yield from distribution(counted, group.submitted, group.code, code)
            yield from median(counted, group.code, code)
    shown = {board for group in report.figures.groups for board in group.boards}
    for board in (board for board in report.boards if board not in shown):  # a row without figures says why
        state = CellState.NONE if board in report.figures.silent else CellState.HIDDEN
        for each in report.figures.outcomes:
            yield from withheld(distribution(each.distribution, 0, board.code, each.outcome.code), state)
            yield from withheld(median(each.distribution, board.code, each.outcome.code), state)


def median(counted: Distribution, place: str, item: str) -> Iterator[DataRow]:
    """Rows of the lower and the upper median, which are levels."""
    middle = counted.median() or (None, None)
    for measure, level in zip(("median_lower", "median_upper"), middle, strict=True):
        value, state = found(level.code if level else None)
        yield DataRow("medians", measure, value, place=place, item=item, state=state)


def _options(report: NationalReport) -> Iterator[DataRow]:
    for code, counted in report.figures.counts.items():
        for option in counted.options:
            row = partial(DataRow, "options", place=WALES, item=code, category=option.code)
            yield row("clusters", option.chosen, counted.answered)
            if counted.has_ranking:
                yield row("ranked_first", option.first, counted.answered)


def _bounds(report: NationalReport) -> Iterator[DataRow]:
    """Rows of bounds: the least and most clusters at each level, and the lowest and highest median."""
    for each in report.figures.outcomes:
        row = partial(DataRow, "bounds", place=WALES, item=each.outcome.code)
        for level, bound in each.bounds.levels.items():
            yield row("least", bound.least, bound.clusters, category=level)
            yield row("most", bound.most, bound.clusters, category=level)
        for measure, middle in zip(
            ("median_lowest", "median_highest"), each.bounds.median or (None, None), strict=True
        ):
            value, state = found(middle.code if middle else None)
            yield row(measure, value, state=state)


def _years(report: NationalReport) -> Iterator[DataRow]:
    """Rows of earlier cycles: who submitted, and the levels of outcomes with comparable wording."""
    for year in report.over_years.years:
        yield DataRow("response", "submitted", year.submitted, year.clusters, year.year, WALES)
        for code, change in year.changes.items():
            counted = year.distributions.get(code)
            if counted:
                yield from distribution(counted, year.submitted, WALES, code, year.year)
            else:
                state = CellState.HIDDEN if change.is_comparable else CellState.NOT_COMPARABLE
                yield DataRow("levels", "clusters", None, year=year.year, place=WALES, item=code, state=state)


def _movement(report: NationalReport, moved: MovementSummary) -> Iterator[DataRow]:
    """Rows of movement since the cycle before; from which level to which only where that reveals no few clusters."""
    yield DataRow("movement", "submitted_both", moved.both, moved.now, place=WALES)
    if moved.is_shown:
        yield DataRow("movement", "compared", moved.compared, moved.both, place=WALES)
    for code, change in report.over_years.change.items():
        counted = moved.outcomes.get(code)
        if counted:
            yield from steps(counted, WALES, code)
            yield from _transitions(counted, code, tuple(report.levels))
        else:
            state = CellState.HIDDEN if change.is_comparable else CellState.NOT_COMPARABLE
            yield DataRow("movement", "clusters", None, place=WALES, item=code, state=state)


def _transitions(moved: Movement, item: str, levels: Sequence[str]) -> Iterator[DataRow]:
    for before in levels:
        for now in levels:
            category = f"{before}>{now}"
            count = moved.table[before, now]
            yield DataRow("transitions", "clusters", count, moved.compared, place=WALES, item=item, category=category)
