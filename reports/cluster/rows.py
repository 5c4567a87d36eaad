"""The rows of a cluster report: levels by year, benchmark, texts, peer review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from surveys.schema import UNABLE, Kind, Question, QuestionRole

from reports.cluster.report import ClusterReport
from reports.data.data_row import CellState, DataRow, found
from reports.data.question_names import CodeNames
from reports.peer_review import rows as peer

if TYPE_CHECKING:
    from app.domain.reflection.answers import Content
    from app.domain.reports.cluster import EarlierAnswer, OutcomeAnswer

MOVES = ("up", "same", "down")
MEASURES: Mapping[Kind, tuple[str, str]] = {
    Kind.TEXT: ("passage", "text"),
    Kind.LINE: ("passage", "text"),
    Kind.NUMBER: ("number", "number"),
    Kind.CHOICE: ("chosen", ""),
    Kind.CHOICES: ("chosen", ""),
    Kind.RANKING: ("rank", ""),
}
"""Kind of question -> the measure of its rows, and the part of its answer that they tell; "": its options are told."""


def rows(report: ClusterReport) -> Iterator[DataRow]:
    """Every figure and passage of the report, in the order in which it shows them."""
    yield from _totals(report)
    yield from _comparison(report)
    for _survey, outcomes in report.parts:
        for each in outcomes:
            yield from _levels(report, each)
            yield from _standing(report, each)
            yield from _words(report, each)
    for survey in report.asked:
        for question in survey.questions:
            yield from _answer(report, question)
    if report.peer:
        yield from peer.review(report.peer)
        for finding in report.peer.findings:
            yield from peer.levels(report.code, finding)
            yield from peer.peer_words(report.code, finding)
    yield from _discussion(report)


def wording(report: ClusterReport) -> CodeNames:
    """The names of the cluster and its reviewer, of what was asked this year and before, and of the groups present."""
    return CodeNames(
        {report.imprint.year: report.questionnaire, **report.asked_before},
        {report.code: peer.named(report.name, report.board)} | (peer.places(report.peer) if report.peer else {}),
        others={group.code: group.label for group in report.questionnaire.groups},
        subject=report.code,
    )


def _totals(report: ClusterReport) -> Iterator[DataRow]:
    answers, total = report.answers, len(report.answers.outcomes)
    row = partial(DataRow, "totals", of=total, place=report.code)
    for code, count in (*answers.levels.counts.items(), (UNABLE, answers.levels.unable)):
        yield row("outcomes", count, category=code)
    if report.last_year:
        for move in MOVES:
            yield row("moved", sum(each.moved == move for each in answers.outcomes), category=move)
        yield row("moved", sum(each.moved is None for each in answers.outcomes), category="not_comparable")


def _comparison(report: ClusterReport) -> Iterator[DataRow]:
    row = partial(DataRow, "standing", place=report.code)
    yield row("agreed_to_be_compared", "yes" if report.agreed else "no")
    if report.comparison:
        value, state = found(report.comparison.clusters if report.has_bands else None, CellState.HIDDEN)
        yield row("clusters_compared", value, state=state)


def _levels(report: ClusterReport, each: OutcomeAnswer) -> Iterator[DataRow]:
    row = partial(DataRow, "cluster_levels", place=report.code, item=each.outcome.code)
    value, state = found(each.level)
    yield row("level", value, state=state)
    for before in each.before:
        then = partial(row, year=before.year, category=before.outcome.code)
        value, state = found(before.level)
        yield then("level", value, state=state)
        move = each.move(before)
        yield then("step", str(move) if move else None, state=CellState.SHOWN if move else _why_no_step(before))
    if report.last_year and not each.last_time:
        yield row("step", None, year=report.last_year, state=CellState.NOT_COMPARABLE)


def _why_no_step(before: EarlierAnswer) -> CellState:
    return CellState.UNDEFINED if before.is_comparable else CellState.NOT_COMPARABLE


def _standing(report: ClusterReport, each: OutcomeAnswer) -> Iterator[DataRow]:
    if not report.comparison:
        return
    band, standing = report.band(each), report.standing(each)
    lower, upper = (band.lower.code, band.upper.code) if band else (None, None)
    codes = {"band_lower": lower, "band_upper": upper, "standing": str(standing) if standing else None}
    for measure, code in codes.items():
        value, state = found(code, CellState.NONE if band else CellState.HIDDEN)
        yield DataRow("standing", measure, value, place=report.code, item=each.outcome.code, state=state)


def _words(report: ClusterReport, each: OutcomeAnswer) -> Iterator[DataRow]:
    row = partial(DataRow, "own_words", place=report.code, item=each.outcome.code)
    for part in ("why", "evidence", "next_step"):
        if text := each.content.get(part):
            yield row(part, text, language=each.language)
    yield from _agreement(row, each.content.get("present"))
    for before in each.last_time:
        if before.next_step:
            then = partial(row, year=before.year, category=before.outcome.code)
            yield then("next_step", before.next_step, language=before.language)


def _agreement(row: Callable[..., DataRow], told: Content | None) -> Iterator[DataRow]:
    """Who was present when the answer was agreed; both days, where it was changed after that."""
    if told:
        yield row("present", told["count"])
        for group in told["groups"]:
            yield row("present_group", "yes", category=group)
        for day in ("agreed", "changed"):
            if day in told:
                yield row(f"{day}_on", told[day])


def _answer(report: ClusterReport, question: Question) -> Iterator[DataRow]:
    said, language = report.content(question), report.language(question.code)
    row = partial(DataRow, "answers", place=report.code, item=question.code)
    options, (measure, part) = report.options(question), MEASURES[question.kind]
    for place, option in enumerate(options, start=1):
        yield row(measure, place if measure == "rank" else "yes", category=option.code)
        if text := said.get("details", {}).get(option.code):
            yield row("passage", text, category=option.code, language=language)
    if not options:
        value, state = found(said.get(part))
        yield row(measure, value, state=state, language=language if isinstance(value, str) else "")


def _discussion(report: ClusterReport) -> Iterator[DataRow]:
    """The questions for the meeting: the measure is what each is about, the value its number."""
    barriers = report.questionnaire.question_for(QuestionRole.BARRIERS)
    for number, talk in enumerate(report.talks, start=1):
        row = partial(DataRow, "discussion", f"discuss_{talk.topic}", number, place=report.code)
        for code in talk.codes or ("",):
            is_option = code and code not in report.questionnaire.items
            yield row(item=barriers.code, category=code) if barriers and is_option else row(item=code)
