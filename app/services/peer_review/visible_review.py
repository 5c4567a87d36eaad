"""A review as one side may read it; what that side may not see is not loaded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from surveys.schema import Outcome, Questionnaire, Survey

from app.db import session
from app.domain.errors import RecordNotFound
from app.domain.peer_review.agreement import LevelPair
from app.domain.peer_review.review import MEETING, ReviewState, Side, lacking_findings, lacking_replies, review_state
from app.domain.reflection.answers import Answers, Content, level_of
from app.domain.survey.levels import Level
from app.models import Finding, Review, ReviewSubmission, Submission
from app.services.peer_review.allocation_queries import find_current_allocation
from app.services.reflection.queries import answers_at_versions, find_reflection
from app.services.survey.queries import questionnaire_of

READ_BY_REVIEWERS = ("level", "evidence", "next_step")
"""The parts of an answer that reviewers may read; the reasons and the number present are left out."""


@dataclass(frozen=True)
class VisibleReview:
    """A review as one side sees it; Side.BOTH has only what both sides, and other readers, may see."""

    review: Review
    side: Side
    questionnaire: Questionnaire
    #: The assigned outcomes, in the order of the questionnaire; for a returned review, those it was returned with.
    outcomes: tuple[Outcome, ...]
    #: The reviewed cluster's latest submission, or the one current when the review was returned; None if none.
    submission: Submission | None
    #: Outcome code -> the READ_BY_REVIEWERS parts of the submitted answer, and "language": the one it was typed in.
    own: Answers
    findings: Mapping[str, Finding]
    replies: Mapping[str, Finding]
    meeting: Finding | None

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """The surveys that the outcomes belong to."""
        codes = {outcome.code for outcome in self.outcomes}
        return tuple(each for each in self.questionnaire if any(item.code in codes for item in each.outcomes))

    @property
    def written(self) -> Mapping[str, Finding]:
        """Outcome code -> the finding or reply of this side."""
        return self.replies if self.side is Side.REVIEWED else self.findings

    @property
    def returned(self) -> ReviewSubmission | None:
        """The submission with which the review was returned, or None."""
        return self.review.submission_by(Side.REVIEWER)

    @property
    def replied(self) -> ReviewSubmission | None:
        """The submission with which the reply was sent, or None."""
        return self.review.submission_by(Side.REVIEWED)

    @property
    def is_changeable(self) -> bool:
        """Whether this side can write: reviewers until they return the review, the others then until they reply."""
        if self.side is Side.REVIEWER:
            return not self.returned
        return self.side is Side.REVIEWED and bool(self.returned) and not self.replied

    @property
    def lacking(self) -> tuple[Outcome, ...]:
        """The outcomes on which the finding or reply of this side is missing or incomplete."""
        codes, findings = [outcome.code for outcome in self.outcomes], finding_contents(self.findings)
        if self.side is Side.REVIEWER:
            lacking = lacking_findings(codes, findings)
        else:
            lacking = lacking_replies(codes, findings, finding_contents(self.replies))
        return tuple(outcome for outcome in self.outcomes if outcome.code in lacking)

    @property
    def state(self) -> ReviewState:
        """The state of the review, from the findings that this side can see."""
        return review_state(findings=len(self.findings), submitted=[each.side for each in self.review.submissions])

    def outcome(self, code: str) -> Outcome:
        """Return the outcome with that code; raise RecordNotFound if the review does not have it."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise RecordNotFound("outcome", code)

    def compared(self, code: str) -> LevelPair:
        """Return the levels of both sides on an outcome (code)."""
        finding = self.findings.get(code)
        theirs = finding.content["level"] if finding else ""
        return LevelPair(self.review.reviewed.code, code, Level.of(self.level(code)), Level.of(theirs))

    def level(self, code: str) -> str:
        """Return the level code that the reviewed cluster submitted for an outcome, "" if it gave none."""
        return level_of(self.own.get(code))


def load_visible_review(review: Review, by: Side) -> VisibleReview:
    """Load a review as one side sees it: the other side's findings once returned, its replies once sent."""
    returned, replied = review.submission_by(Side.REVIEWER), review.submission_by(Side.REVIEWED)
    outcomes = _outcomes(review, returned)
    codes = [outcome.code for outcome in outcomes]
    submission = returned.submission if returned else _latest(review)
    return VisibleReview(
        review,
        by,
        questionnaire_of(review.cycle),
        outcomes,
        submission,
        _own(submission, codes) if submission else {},
        newest_findings(review, Side.REVIEWER, codes) if returned or by is Side.REVIEWER else {},
        newest_findings(review, Side.REVIEWED, codes) if replied or by is Side.REVIEWED else {},
        newest_findings(review, Side.BOTH, [MEETING]).get(MEETING) if by is not Side.BOTH else None,
    )


def newest_findings(review: Review, side: Side, items: Collection[str]) -> Mapping[str, Finding]:
    """Return item code -> the newest version that a side has saved, for those of `items` that have one."""
    later = aliased(Finding)
    newest_number = (
        select(func.max(later.version))
        .where(later.review_id == Finding.review_id, later.side == Finding.side, later.item == Finding.item)
        .scalar_subquery()
    )
    query = select(Finding).filter_by(review_id=review.id, side=side).where(Finding.item.in_(items))
    query = query.where(Finding.version == newest_number).options(joinedload(Finding.saved_by))
    return {finding.item: finding for finding in session.scalars(query)}


def finding_contents(written: Mapping[str, Finding]) -> dict[str, Content]:
    """Return item code -> content."""
    return {item: finding.content for item, finding in written.items()}


def _outcomes(review: Review, returned: ReviewSubmission | None) -> tuple[Outcome, ...]:
    """Return the outcomes of a review: those it was returned with, or else those the current allocation assigns."""
    codes: Collection[str] = returned.versions if returned else _allotted(review)
    return tuple(each for each in questionnaire_of(review.cycle).outcomes if each.code in codes)


def _allotted(review: Review) -> Collection[str]:
    allocation = find_current_allocation(review.cycle_year)
    for each in allocation.assignments if allocation else ():
        if (each.reviewer_id, each.reviewed_id) == (review.reviewer_id, review.reviewed_id):
            return each.outcomes
    raise RecordNotFound("review", review.id)


def _latest(review: Review) -> Submission | None:
    return find_reflection(review.cycle_year, review.reviewed.code).latest


def _own(submission: Submission, codes: Collection[str]) -> Answers:
    wanted = {code: submission.versions[code] for code in codes if code in submission.versions}
    answers = answers_at_versions(submission.reflection, wanted)
    return {
        code: {"language": each.language} | {part: each.content.get(part, "") for part in READ_BY_REVIEWERS}
        for code, each in answers.items()
    }
