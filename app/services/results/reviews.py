"""What peer reviews came to: each as a snapshot keeps it, and the report of one."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from surveys.schema import BilingualText, Questionnaire

from reports.layout.provenance import Provenance
from reports.peer_review.report import PeerFinding, PeerReport, ReviewParty

from app.domain.cycle.lifecycle import WALES
from app.domain.errors import NotReturned
from app.domain.peer_review.agreement import LevelPair
from app.domain.peer_review.review import MEETING, Side, shared_practice
from app.domain.reports.snapshot import OwnText, PeerText, ReportedFinding, ReviewReply, ReviewResult
from app.domain.survey.levels import Level
from app.models import Cycle, Review
from app.services.cycle.commands import questionnaire_of
from app.services.peer_review.review_queries import reviews_of_cycle
from app.services.peer_review.visible_review import (
    VisibleReview,
    finding_contents,
    load_visible_review,
    newest_findings,
)
from app.services.reflection.queries import reflections_of_cycle
from config import VERSION


def review_results(cycle: Cycle) -> tuple[ReviewResult, ...]:
    """Every allocated review of a cycle as a snapshot keeps it, by the code of the reviewed cluster."""
    boards = board_names_by_cluster(cycle.year)
    return tuple(review_result(review, boards) for _code, review in sorted(reviews_of_cycle(cycle.year).items()))


def board_names_by_cluster(year: int) -> Mapping[int, BilingualText]:
    """Cluster id -> the name of the board that it belonged to in a cycle."""
    return {each.cluster_id: each.board.name for each in reflections_of_cycle(year)}


def review_result(review: Review, boards: Mapping[int, BilingualText]) -> ReviewResult:
    """A review as a snapshot keeps it; `boards` are the names of the boards by the id of the cluster."""
    shown = load_visible_review(review, Side.BOTH)
    return ReviewResult(
        code=review.reviewed.code,
        reviewer=review.reviewer.name,
        reviewed=review.reviewed.name,
        findings=_findings(shown) if shown.returned else None,
        is_replied=shown.replied is not None,
        reviewer_board=boards[review.reviewer_id],
        reviewed_board=boards[review.reviewed_id],
        met_on=_met_on(review),
        returned_on=_day(shown.returned.at) if shown.returned else None,
        replied_on=_day(shown.replied.at) if shown.replied else None,
        reviewer_code=review.reviewer.code,
    )


def draft_review_report(review: Review) -> PeerReport:
    """The report of a review as it stands now; NotReturned before it is returned."""
    questionnaire = questionnaire_of(review.cycle)
    found = review_result(review, board_names_by_cluster(review.cycle_year))
    imprint = Provenance(review.cycle_year, review.cycle.synthetic, _hash(found, questionnaire, review), VERSION)
    return build_review_report(found, questionnaire, imprint)


def build_review_report(found: ReviewResult, questionnaire: Questionnaire, imprint: Provenance) -> PeerReport:
    """The report of a returned review; NotReturned before."""
    if found.findings is None or found.returned_on is None:
        raise NotReturned
    return PeerReport(
        imprint=imprint,
        code=found.code,
        reviewed=ReviewParty(found.reviewed, found.reviewed_board, found.code),
        reviewer=ReviewParty(found.reviewer, found.reviewer_board, found.reviewer_code),
        met_on=found.met_on,
        returned_on=found.returned_on,
        replied_on=found.replied_on,
        findings=tuple(_reported(found.code, finding, questionnaire) for finding in found.findings),
    )


def _reported(review: str, finding: ReportedFinding, questionnaire: Questionnaire) -> PeerFinding:
    compared = LevelPair(review, finding.outcome, Level.of(finding.own), Level.of(finding.peer))
    outcome = next(each for each in questionnaire.outcomes if each.code == finding.outcome)
    survey = questionnaire.survey_of(finding.outcome)
    return PeerFinding(outcome, survey, compared, finding.own_words, finding.peer_words, finding.reply)


def _findings(shown: VisibleReview) -> tuple[ReportedFinding, ...]:
    shared = shared_practice(finding_contents(shown.findings), finding_contents(shown.replies))
    return tuple(_finding(shown, outcome.code, shared.get(outcome.code, "")) for outcome in shown.outcomes)


def _finding(shown: VisibleReview, outcome: str, shared: str) -> ReportedFinding:
    own, finding = shown.own.get(outcome, {}), shown.findings[outcome]
    said = finding.content
    return ReportedFinding(
        outcome,
        own=shown.level(outcome),
        peer=said["level"],
        shared=shared,
        language=finding.language if shared else "",
        own_words=OwnText(own.get("evidence", ""), own.get("next_step", ""), own.get("language", "")),
        peer_words=PeerText(said["heard"], said["good_practice"], said["suggestion"], finding.language),
        reply=_reply(shown, outcome),
    )


def _reply(shown: VisibleReview, outcome: str) -> ReviewReply | None:
    reply = shown.replies.get(outcome)
    if reply is None:
        return None
    shares = {"yes": True, "no": False}.get(reply.content["share"])
    return ReviewReply(reply.content["reply"], reply.language, shares)


def _met_on(review: Review) -> date | None:
    meeting = newest_findings(review, Side.BOTH, [MEETING]).get(MEETING)
    day = date.fromisoformat(meeting.content["day"]) if meeting and meeting.content["day"] else None
    returned = review.handed_in_by(Side.REVIEWER)
    is_over = day and returned and day <= _day(returned.at)
    return day if is_over else None  # a day that was arranged and had not come says nothing of a meeting


def _day(moment: datetime) -> date:
    return moment.astimezone(WALES).date()


def _hash(found: ReviewResult, questionnaire: Questionnaire, review: Review) -> str:
    """SHA-256 of all that the report shows as JSON with sorted keys, in hexadecimal."""
    content = {
        "cycle": review.cycle_year,
        "wording": questionnaire.content_hash,
        "review": asdict(found),
        "handed in": sorted(each.at.isoformat() for each in review.handed_in),
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()
