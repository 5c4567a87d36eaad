"""The figures of peer review in the national summary: how many reviews, agreement, good practice to share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.schema import BilingualText, Questionnaire, Survey

from app.domain.peer_review.agreement import AgreementCounts, LevelPair, PeerAgreement, agreement
from app.domain.reports.snapshot import ReportedFinding, ReviewResult, Snapshot
from app.domain.survey.levels import Level


@dataclass(frozen=True)
class GoodPractice:
    """Good practice in the words of the peers, which the reviewed cluster agreed to share."""

    reviewed: BilingualText
    reviewer: BilingualText
    text: str
    language: str
    #: The codes of the reviewed cluster and of the one that reviewed it.
    reviewed_code: str
    reviewer_code: str


@dataclass(frozen=True)
class PeerReviewFigures:
    """The part of the national summary about peer review."""

    allocated: int
    returned: int
    replied: int
    #: None while fewer than the minimum group of reviews are returned.
    agreement: PeerAgreement | None
    #: Slug of a matrix -> its counts; empty where they would reveal fewer reviews than the minimum group.
    by_set: Mapping[str, AgreementCounts]
    #: Outcome code -> its good practice, in the order of the questionnaire; outcomes without any are left out.
    good_practice: Mapping[str, tuple[GoodPractice, ...]]


def peer_part(snapshot: Snapshot, questionnaire: Questionnaire) -> PeerReviewFigures | None:
    """Return the part about peer review; None where no review was allocated in the cycle."""
    if not snapshot.reviews:
        return None
    returned = [review for review in snapshot.reviews if review.findings is not None]
    shown = returned if len(returned) >= snapshot.minimum_group else []
    return PeerReviewFigures(
        allocated=len(snapshot.reviews),
        returned=len(returned),
        replied=sum(review.is_replied for review in returned),
        agreement=agreement(_compared(shown)) if shown else None,
        by_set=_by_set(shown, questionnaire, snapshot.minimum_group),
        good_practice=_good_practice(returned, questionnaire),
    )


def _compared(reviews: Iterable[ReviewResult]) -> list[LevelPair]:
    return [
        LevelPair(review.code, finding.outcome, Level.of(finding.own), Level.of(finding.peer))
        for review in reviews
        for finding in review.findings or ()
    ]


def _by_set(reviews: Iterable[ReviewResult], questionnaire: Questionnaire, minimum: int) -> dict[str, AgreementCounts]:
    """Return the counts of each matrix; of none if one is too small, since the total would reveal it."""
    compared = _compared(reviews)
    parts = {survey.slug: _within(survey, compared) for survey in questionnaire if survey.outcomes}
    if any(len({each.review for each in part}) < minimum for part in parts.values()):
        return {}
    return {slug: AgreementCounts.of(part) for slug, part in parts.items()}


def _within(survey: Survey, compared: Iterable[LevelPair]) -> list[LevelPair]:
    codes = {outcome.code for outcome in survey.outcomes}
    return [each for each in compared if each.outcome in codes]


def _good_practice(
    reviews: Iterable[ReviewResult], questionnaire: Questionnaire
) -> dict[str, tuple[GoodPractice, ...]]:
    shared: dict[str, list[GoodPractice]] = {outcome.code: [] for outcome in questionnaire.outcomes}
    for review in reviews:
        for finding in review.findings or ():
            if finding.shared:
                shared[finding.outcome].append(_practice(review, finding))
    return {code: tuple(practices) for code, practices in shared.items() if practices}


def _practice(review: ReviewResult, finding: ReportedFinding) -> GoodPractice:
    names = (review.reviewed, review.reviewer)
    return GoodPractice(*names, finding.shared, finding.language, review.code, review.reviewer_code)
