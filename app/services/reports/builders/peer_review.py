"""The report of a returned peer review."""

import hashlib
import json
from dataclasses import asdict

from surveys.schema import Questionnaire

from reports.layout.provenance import Provenance
from reports.peer_review.report import PeerFinding, PeerReport, ReviewParty

from app.domain.errors import NotReturned
from app.domain.peer_review.agreement import LevelPair
from app.domain.reports.snapshot import ReportedFinding, ReviewResult
from app.domain.survey.levels import Level
from app.models import Review
from app.services.reports.snapshots import board_names_by_cluster, review_result
from app.services.survey.queries import questionnaire_of
from config import VERSION


def draft_review_report(review: Review) -> PeerReport:
    """Build the report of a review from its present data; raise NotReturned before it is returned."""
    questionnaire = questionnaire_of(review.cycle)
    found = review_result(review, board_names_by_cluster(review.cycle_year))
    imprint = Provenance(review.cycle_year, review.cycle.synthetic, _hash(found, questionnaire, review), VERSION)
    return build_review_report(found, questionnaire, imprint)


def build_review_report(found: ReviewResult, questionnaire: Questionnaire, imprint: Provenance) -> PeerReport:
    """Build the report of a review; raise NotReturned before it is returned."""
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


def _hash(found: ReviewResult, questionnaire: Questionnaire, review: Review) -> str:
    """Return the SHA-256, in hexadecimal, of all that the report shows, as JSON with sorted keys."""
    content = {
        "cycle": review.cycle_year,
        "wording": questionnaire.content_hash,
        "review": asdict(found),
        "handed in": sorted(each.at.isoformat() for each in review.submissions),
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()
