"""The rows of the report of one peer review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from surveys.schema import UNABLE, BilingualText, Questionnaire

from reports.data.data_row import CellState, DataRow, found
from reports.data.question_names import CodeNames
from reports.peer_review.report import PeerFinding, PeerReport

AGREED = {True: "yes", False: "no"}


def rows(report: PeerReport) -> Iterator[DataRow]:
    """Yield the review itself, both levels of each outcome, and every word that was written."""
    yield from review(report)
    for finding in report.findings:
        yield from levels(report.code, finding)
        yield from own_words(report.code, finding)
        yield from peer_words(report.code, finding)


def wording(report: PeerReport) -> CodeNames:
    """Return the names of both clusters with their boards, as the report has them, and of the outcomes."""
    return CodeNames({report.imprint.year: Questionnaire(report.surveys)}, places(report), subject=report.code)


def places(report: PeerReport) -> dict[str, BilingualText]:
    """Return the names of both clusters with their boards by code."""
    return {party.code: named(party.name, party.board) for party in (report.reviewed, report.reviewer)}


def named(cluster: BilingualText, board: BilingualText) -> BilingualText:
    """Return the name of a cluster with its board."""
    return BilingualText(f"{cluster.en}, {board.en}", f"{cluster.cy}, {board.cy}")


def review(report: PeerReport) -> Iterator[DataRow]:
    """Who reviewed the cluster, and when."""
    yield DataRow("review", "reviewer", report.reviewer.code, place=report.code)
    days = {"met_on": report.met_on, "returned_on": report.returned_on, "replied_on": report.replied_on}
    for measure, day in days.items():
        value, state = found(day.isoformat() if day else None)
        yield DataRow("review", measure, value, place=report.code, state=state)


def levels(place: str, finding: PeerFinding) -> Iterator[DataRow]:
    """Yield the level of the cluster and that of its peers on one outcome, and how they differ."""
    compared = finding.compared
    row = partial(DataRow, "review_levels", place=place, item=finding.outcome.code)
    yield row("own_level", compared.own.code if compared.own else UNABLE)
    yield row("peer_level", compared.peer.code if compared.peer else UNABLE)
    direction, state = found(compared.direction and str(compared.direction), CellState.UNDEFINED)
    yield row("difference", direction, state=state)
    steps, state = found(compared.steps, CellState.UNDEFINED)
    yield row("levels_apart", steps, state=state)


def own_words(place: str, finding: PeerFinding) -> Iterator[DataRow]:
    """Yield what the cluster had written on one outcome when its peers read it."""
    own = finding.own
    for measure, text in (("evidence", own.evidence), ("next_step", own.next_step)):
        yield _passage(place, finding, measure, text, own.language)


def peer_words(place: str, finding: PeerFinding) -> Iterator[DataRow]:
    """Yield what the peers wrote on one outcome, and the reply."""
    peer, reply = finding.peer, finding.reply
    for measure in ("heard", "good_practice", "suggestion"):
        yield _passage(place, finding, measure, getattr(peer, measure), peer.language)
    yield _passage(place, finding, "reply", reply.text if reply else "", reply.language if reply else "")
    if peer.good_practice:
        value, state = found(AGREED.get(reply.shares) if reply and reply.shares is not None else None)
        yield DataRow("review_words", "may_be_shared", value, place=place, item=finding.outcome.code, state=state)


def _passage(place: str, finding: PeerFinding, measure: str, text: str, language: str) -> DataRow:
    value, state = found(text)
    said_in = language if text else ""
    return DataRow(
        "review_words", measure, value, place=place, item=finding.outcome.code, state=state, language=said_in
    )
