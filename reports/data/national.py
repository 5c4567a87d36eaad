"""The rows of the national summary. A new part of the report is a function here and its names in dictionary.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from surveys.schema import UNABLE

from reports.data import peer_part
from reports.data.rows import Row, State, found, withheld
from reports.data.wording import Wording
from reports.national import NationalReport

if TYPE_CHECKING:
    from app.domain.maturity import Distribution

WALES = "wales"


def rows(report: NationalReport) -> Iterator[Row]:
    """Every figure of the report; where few submitted, what they answered is withheld."""
    yield from _response(report)
    answers = chain(_levels(report), _by_board(report), _options(report))
    if report.is_large_enough:
        yield from answers
    else:
        submitted = report.figures.wales.submitted
        yield from withheld(answers, State.HIDDEN if submitted else State.NONE)
    if report.peer:
        yield from peer_part.rows(report, report.peer)


def wording(report: NationalReport) -> Wording:
    """The names of the boards, of the clusters that share good practice, and of what was asked."""
    practices = chain.from_iterable(report.peer.good_practice.values()) if report.peer else ()
    places = {board.code: board.name for board in report.boards}
    for practice in practices:
        places |= {practice.reviewed_code: practice.reviewed, practice.reviewer_code: practice.reviewer}
    return Wording({report.imprint.year: report.questionnaire}, places)


def _response(report: NationalReport) -> Iterator[Row]:
    for each in (*report.figures.response, report.figures.wales):
        place = each.board.code if each.board else WALES
        yield Row("response", "submitted", each.submitted, each.clusters, place=place)


def _levels(report: NationalReport) -> Iterator[Row]:
    submitted = report.figures.wales.submitted
    for each in report.figures.outcomes:
        yield from distribution(each.distribution, submitted, WALES, each.outcome.code)


def _by_board(report: NationalReport) -> Iterator[Row]:
    for group in report.figures.groups:
        for code, counted in group.distributions.items():
            yield from distribution(counted, group.submitted, group.code, code)
            yield from median(counted, group.code, code)
    if not report.figures.groups:  # a reader who looks for a board finds that its figures are withheld
        for board in report.boards:
            for each in report.figures.outcomes:
                yield from withheld(distribution(each.distribution, 0, board.code, each.outcome.code))
                yield from withheld(median(each.distribution, board.code, each.outcome.code))


def distribution(counted: Distribution, submitted: int, place: str, item: str) -> Iterator[Row]:
    """The levels of one outcome: each of those that gave one; "not able to say" of all that answered."""
    for level, count in counted.counts.items():
        yield Row("levels", "clusters", count, counted.given, place=place, item=item, category=level)
    answered = counted.given + counted.unable
    yield Row("levels", "clusters", counted.unable, answered, place=place, item=item, category=UNABLE)
    yield Row("levels", "gave_level", counted.given, submitted, place=place, item=item)


def median(counted: Distribution, place: str, item: str) -> Iterator[Row]:
    """The lower and the upper median, which are levels."""
    middle = counted.median() or (None, None)
    for measure, level in zip(("median_lower", "median_upper"), middle, strict=True):
        value, state = found(level.code if level else None)
        yield Row("medians", measure, value, place=place, item=item, state=state)


def _options(report: NationalReport) -> Iterator[Row]:
    for code, counted in report.figures.counts.items():
        for option in counted.options:
            row = partial(Row, "options", place=WALES, item=code, category=option.code)
            yield row("clusters", option.chosen, counted.answered)
            if counted.has_ranking:
                yield row("ranked_first", option.first, counted.answered)
