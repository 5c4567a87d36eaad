"""The rows of the report of one peer review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from surveys.schema import UNABLE, Questionnaire, Text

from reports.data.rows import Row, State, found
from reports.data.wording import Wording
from reports.peer import Party, PeerFinding, PeerReport

AGREED = {True: "yes", False: "no"}


def rows(report: PeerReport) -> Iterator[Row]:
    """The review itself, both levels of each outcome, and every word that was written."""
    yield Row("review", "reviewer", report.reviewer.code, place=report.code)
    days = {"met_on": report.met_on, "returned_on": report.returned_on, "replied_on": report.replied_on}
    for measure, day in days.items():
        value, state = found(day.isoformat() if day else None)
        yield Row("review", measure, value, place=report.code, state=state)
    for finding in report.findings:
        yield from _levels(report.code, finding)
        yield from _words(report.code, finding)


def wording(report: PeerReport) -> Wording:
    """The names of both clusters with their boards, as the report has them, and of the outcomes."""
    places = {party.code: _named(party) for party in (report.reviewed, report.reviewer)}
    return Wording({report.imprint.year: Questionnaire(report.surveys)}, places, subject=report.code)


def _named(party: Party) -> Text:
    return Text(f"{party.name.en}, {party.board.en}", f"{party.name.cy}, {party.board.cy}")


def _levels(place: str, finding: PeerFinding) -> Iterator[Row]:
    compared = finding.compared
    row = partial(Row, "review_levels", place=place, item=finding.outcome.code)
    yield row("own_level", compared.own.code if compared.own else UNABLE)
    yield row("peer_level", compared.peer.code if compared.peer else UNABLE)
    direction, state = found(compared.direction and str(compared.direction), State.UNDEFINED)
    yield row("difference", direction, state=state)
    steps, state = found(compared.steps, State.UNDEFINED)
    yield row("levels_apart", steps, state=state)


def _words(place: str, finding: PeerFinding) -> Iterator[Row]:
    own, peer, reply = finding.own, finding.peer, finding.reply
    row = partial(Row, "review_words", place=place, item=finding.outcome.code)
    for measure, text, language in (
        ("evidence", own.evidence, own.language),
        ("next_step", own.next_step, own.language),
        ("heard", peer.heard, peer.language),
        ("good_practice", peer.good_practice, peer.language),
        ("suggestion", peer.suggestion, peer.language),
        ("reply", reply.text if reply else "", reply.language if reply else ""),
    ):
        value, state = found(text)
        yield row(measure, value, state=state, language=language if text else "")
    if peer.good_practice:
        value, state = found(AGREED.get(reply.shares) if reply and reply.shares is not None else None)
        yield row("may_be_shared", value, state=state)
