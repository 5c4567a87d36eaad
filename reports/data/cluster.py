"""The data of the report of a cluster: levels, standing, what was written, the peer review, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from surveys.schema import Question

from reports.data.rows import Row, State

if TYPE_CHECKING:
    from reports.cluster import ClusterReport
    from reports.peer import PeerFinding

    from app.domain.cluster import OutcomeAnswer

MOVES = ("up", "same", "down")
BARRIERS = "FACTORS-1"
"""The question whose options a question for the meeting may be about."""


def rows(report: ClusterReport) -> Iterator[Row]:
    """Every figure and passage of the report, in the order in which it shows them."""
    yield from _totals(report)
    for _survey, outcomes in report.parts:
        for each in outcomes:
            yield from _levels(report, each)
            yield from _standing(report, each)
            yield from _written(report, each)
    for survey in report.asked:
        for question in survey.questions:
            yield from _answer(report, question)
    for finding in report.peer.findings if report.peer else ():
        yield from _peer(report, finding)
    for place, talk in enumerate(report.talks, start=1):
        for code in talk.codes or ("",):
            is_item = code in report.questionnaire.items
            item, option = (code, "") if is_item or not code else (BARRIERS, code)
            yield _row(report, "discussion", talk.topic, place, item=item, category=option)


def _row(  # noqa: PLR0913 - what tells one figure from another
    report: ClusterReport,
    table: str,
    measure: str,
    value: int | float | str | None,
    *,
    item: str = "",
    category: str = "",
    year: int = 0,
    of: int | None = None,
    state: State = State.SHOWN,
    language: str = "",
) -> Row:
    year = year or report.imprint.year
    return Row(table, measure, value, of, year, report.code, item, category, state, language)


def _totals(report: ClusterReport) -> Iterator[Row]:
    answers, total = report.answers, len(report.answers.outcomes)
    for code, count in (*answers.levels.counts.items(), ("unable", answers.levels.unable)):
        yield _row(report, "totals", "outcomes", count, category=code, of=total)
    if report.last_year:
        for move in MOVES:
            found = [each for each in answers.outcomes if each.moved == move]
            yield _row(report, "totals", "moved", len(found), category=move, of=total)
        unknown = [each for each in answers.outcomes if each.moved is None]
        yield _row(report, "totals", "moved", len(unknown), category="not-compared", of=total)
    yield _row(report, "totals", "agreed_to_be_compared", "yes" if report.agreed else "no")
    if report.comparison:
        shown = report.has_bands
        yield _row(
            report,
            "totals",
            "clusters_compared",
            report.comparison.clusters if shown else None,
            state=State.SHOWN if shown else State.HIDDEN,
        )


def _levels(report: ClusterReport, each: OutcomeAnswer) -> Iterator[Row]:
    code = each.outcome.code
    yield _row(
        report, "levels", "level", each.level or None, item=code, state=State.SHOWN if each.level else State.NONE
    )
    for before in each.before:
        state = State.SHOWN if before.is_comparable else State.NOT_COMPARABLE
        yield _row(report, "levels", "level", before.level or None, item=code, year=before.year, state=state)
        if before.outcome.code != code:
            yield _row(
                report, "levels", "asked_as", before.outcome.code, item=code, year=before.year, category=before.wording
            )
    if report.last_year:
        state = State.SHOWN if each.moved else State.NOT_COMPARABLE
        yield _row(report, "levels", "moved", each.moved, item=code, state=state)


def _standing(report: ClusterReport, each: OutcomeAnswer) -> Iterator[Row]:
    if not report.comparison:
        return
    band, code = report.band(each), each.outcome.code
    if band is None:
        yield _row(report, "standing", "band", None, item=code, state=State.HIDDEN)
        return
    yield _row(report, "standing", "band_lower", band.lower.code, item=code)
    yield _row(report, "standing", "band_upper", band.upper.code, item=code)
    standing = report.standing(each)
    yield _row(report, "standing", "standing", standing, item=code, state=State.SHOWN if standing else State.NONE)


def _written(report: ClusterReport, each: OutcomeAnswer) -> Iterator[Row]:
    code = each.outcome.code
    for part in ("why", "evidence", "next_step"):
        if text := each.content.get(part):
            yield _row(report, "written", part, text, item=code, language=each.language)
    if told := each.content.get("present"):
        yield _row(report, "written", "present", told["count"], item=code)
        for group in told["groups"]:
            yield _row(report, "written", "present_group", "yes", item=code, category=group)
    for before in each.last_time:
        if before.next_step:
            yield _row(
                report,
                "written",
                "promised",
                before.next_step,
                item=code,
                category=before.outcome.code,
                year=before.year,
                language=before.language,
            )


def _answer(report: ClusterReport, question: Question) -> Iterator[Row]:
    said, code = report.content(question), question.code
    language, details = report.language(code), said.get("details", {})
    options = report.options(question)
    for place, option in enumerate(options, start=1):
        if question.of:
            yield _row(report, "answers", "ranked", place, item=code, category=option.code)
        else:
            yield _row(report, "answers", "chosen", "yes", item=code, category=option.code)
        if text := details.get(option.code):
            yield _row(report, "answers", "detail", text, item=code, category=option.code, language=language)
    if said.get("number") is not None:
        yield _row(report, "answers", "number", said["number"], item=code)
    elif text := said.get("text"):
        yield _row(report, "answers", "text", text, item=code, language=language)
    elif not options:
        yield _row(report, "answers", "text", None, item=code, state=State.NONE)


def _peer(report: ClusterReport, finding: PeerFinding) -> Iterator[Row]:
    code, compared, words = finding.outcome.code, finding.compared, finding.peer
    for measure, level in (("own_level", compared.own), ("peer_level", compared.peer)):
        yield _row(report, "peer", measure, level.code if level else "unable", item=code)
    state = State.SHOWN if compared.direction else State.NOT_COMPARABLE
    yield _row(report, "peer", "direction", compared.direction, item=code, state=state)
    for measure, text in (
        ("heard", words.heard),
        ("good_practice", words.good_practice),
        ("suggestion", words.suggestion),
    ):
        if text:
            yield _row(report, "peer", measure, text, item=code, language=words.language)
    if reply := finding.reply:
        if reply.text:
            yield _row(report, "peer", "reply", reply.text, item=code, language=reply.language)
        if reply.shares is not None:
            yield _row(report, "peer", "shares", "yes" if reply.shares else "no", item=code)
