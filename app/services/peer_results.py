"""What peer reviews came to: what the national summary is told of them, and the report of one."""

import hashlib
import json
from datetime import date
from pathlib import Path

from surveys.schema import Outcome

from reports import press
from reports.page import peer_page
from reports.peer import OwnWords, Party, PeerFinding, PeerReport, PeerWords, Reply
from reports.press import Order

from app.domain.refusals import NotReturned
from app.domain.reviewing import MEETING, Side, shared_practice
from app.domain.snapshot import Finding, ReviewReturn
from app.models import Allotment, Cycle, Review
from app.services import allocations, cycles, reflections, reviews
from app.services.cycles import WALES
from app.services.seen_reviews import SeenReview, contents, newest, seen
from config import VERSION


def returns(cycle: Cycle) -> tuple[ReviewReturn, ...]:
    """Every allocated review of a cycle as a snapshot keeps it, by the code of the reviewed cluster."""
    allocation = allocations.standing(cycle.year)
    rows = sorted(allocation.allotments if allocation else (), key=lambda each: each.reviewed.code)
    works = reviews.by_pair(cycle.year)
    return tuple(_return(each, works[each.reviewer_id, each.reviewed_id]) for each in rows)


def report(review: Review) -> PeerReport:
    """The report of a returned review; NotReturned before."""
    shown = seen(review, Side.BOTH)
    returned, replied = shown.returned, shown.replied
    if returned is None:
        raise NotReturned
    return PeerReport(
        year=review.cycle_year,
        synthetic=review.cycle.synthetic,
        reviewed=_party(review, review.reviewed_id),
        reviewer=_party(review, review.reviewer_id),
        met_on=_met_on(review),
        returned_on=returned.at.astimezone(WALES).date(),
        replied_on=replied.at.astimezone(WALES).date() if replied else None,
        findings=tuple(_finding(shown, outcome) for outcome in shown.outcomes),
        snapshot_hash=_hash(shown),
        app_version=VERSION,
    )


def pdf(made: PeerReport, language: str) -> bytes:
    """The report of one review as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(peer_page(made, language))


def order_pdf(made: PeerReport, language: str, folder: Path, *, again: bool = False) -> Order:
    """The report of one review as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(peer_page(made, language), folder, again=again)


def _return(allotment: Allotment, review: Review) -> ReviewReturn:
    shown = seen(review, Side.BOTH)
    return ReviewReturn(
        code=allotment.reviewed.code,
        reviewer=allotment.reviewer.name,
        reviewed=allotment.reviewed.name,
        findings=_findings(shown) if shown.returned else None,
        is_replied=shown.replied is not None,
    )


def _findings(shown: SeenReview) -> tuple[Finding, ...]:
    """What the nation is told: levels, and of what was written only good practice that may be shared."""
    shared = shared_practice(contents(shown.findings), contents(shown.replies))
    return tuple(
        Finding(
            outcome.code,
            own=shown.level(outcome.code),
            peer=shown.findings[outcome.code].content["level"],
            shared=shared.get(outcome.code, ""),
            language=shown.findings[outcome.code].language if outcome.code in shared else "",
        )
        for outcome in shown.outcomes
    )


def _party(review: Review, cluster_id: int) -> Party:
    """A cluster and the board it was of when the cycle opened."""
    cluster = review.reviewed if cluster_id == review.reviewed_id else review.reviewer
    return Party(cluster.name, reflections.find(review.cycle_year, cluster.code).board.name)


def _finding(shown: SeenReview, outcome: Outcome) -> PeerFinding:
    own, finding = shown.own.get(outcome.code, {}), shown.findings[outcome.code]
    said = finding.content
    return PeerFinding(
        outcome=outcome,
        survey=shown.questionnaire.survey_of(outcome.code),
        compared=shown.compared(outcome.code),
        own=OwnWords(own.get("evidence", ""), own.get("next_step", ""), own.get("language", "")),
        peer=PeerWords(said["heard"], said["good_practice"], said["suggestion"], finding.language),
        reply=_reply(shown, outcome),
    )


def _reply(shown: SeenReview, outcome: Outcome) -> Reply | None:
    reply = shown.replies.get(outcome.code)
    if reply is None:
        return None
    shares = {"yes": True, "no": False}.get(reply.content["share"])
    return Reply(reply.content["reply"], reply.language, shares)


def _met_on(review: Review) -> date | None:
    meeting = newest(review, Side.BOTH, [MEETING]).get(MEETING)
    day = date.fromisoformat(meeting.content["day"]) if meeting and meeting.content["day"] else None
    returned = review.handed_in_by(Side.REVIEWER)
    is_over = day and returned and day <= returned.at.astimezone(WALES).date()
    return day if is_over else None  # a day that was arranged and had not come says nothing of a meeting


def _hash(shown: SeenReview) -> str:
    """SHA-256 of all that the report shows as JSON with sorted keys, in hexadecimal."""
    review = shown.review
    met_on = _met_on(review)
    content = {
        "review": [review.cycle_year, review.reviewer.code, review.reviewed.code],
        "wording": cycles.questionnaire(review.cycle).content_hash,
        "outcomes": [outcome.code for outcome in shown.outcomes],
        "own": shown.own,
        "findings": contents(shown.findings),
        "replies": contents(shown.replies),
        "met": met_on.isoformat() if met_on else None,
        "handed in": sorted(each.at.isoformat() for each in review.handed_in),
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
