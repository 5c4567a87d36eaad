"""Commands for reviews: save findings and replies, arrange the meeting, return the review, send the reply."""

from datetime import datetime

from sqlalchemy import select

from app.db import session, transaction
from app.domain.errors import Incomplete, NotReturned, NotSubmitted, ResubmittedMeanwhile, ReviewAlreadySubmitted
from app.domain.peer_review.review import MEETING, Side
from app.domain.saving.decision import PendingSave, must_add
from app.models import Finding, Person, Review, ReviewSubmission
from app.services.cycle.queries import lock_cycle
from app.services.email.commands import mailer
from app.services.peer_review.emails import meeting_email, review_replied_email, review_returned_email
from app.services.peer_review.participants import notified_of_side
from app.services.peer_review.visible_review import VisibleReview, load_visible_review, newest_findings


def save_finding(review: Review, side: Side, draft: PendingSave, by: Person, now: datetime) -> Finding | None:
    """Add a version to a side's finding or reply on an outcome and return it; return None if there is nothing to save.

    Raise StaleAnswer and SupersededSave as for an answer; ReviewAlreadySubmitted if that side has returned or
    replied; NotReturned if the reviewed cluster writes too early; RecordNotFound if the outcome is not assigned.
    """
    with transaction():
        _lock(review)
        shown = load_visible_review(review, side)
        _require_changeable(shown)
        shown.outcome(draft.item)
        saved = shown.written.get(draft.item)
        return _added(review, side, draft, saved, by, now) if must_add(draft, saved) else saved


def arrange_meeting(
    review: Review, side: Side, draft: PendingSave, by: Person, now: datetime, *, address: str
) -> Finding | None:
    """Save the time and place of the meeting and e-mail the other side; do nothing if they are the same.

    `side` is the side of `by`. Raise StaleAnswer if somebody saved another meeting since, ReviewAlreadySubmitted once
    the review is returned, because its report has the day.
    """
    with transaction():
        _lock(review)
        if review.submission_by(Side.REVIEWER):
            raise ReviewAlreadySubmitted
        saved = newest_findings(review, Side.BOTH, [MEETING]).get(MEETING)
        if not must_add(draft, saved):
            return saved
        meeting = _added(review, Side.BOTH, draft, saved, by, now)
    for person in notified_of_side(review, side, by):
        mailer.send(meeting_email(person, review, meeting.content, address))
    return meeting


def return_review(
    review: Review, submission: int, by: Person, now: datetime, *, address: str | None
) -> ReviewSubmission:
    """Return a review: its findings become visible to the reviewed cluster and can no longer change.

    Do nothing if it is returned already. With the site's `address`, e-mail the reviewed cluster. `submission` is the
    id of the cluster's submission that the reviewers read. Raise NotSubmitted if there is none, ResubmittedMeanwhile
    if it is no longer the latest, Incomplete with the outcomes that lack something.
    """
    with transaction():
        _lock(review)
        shown = load_visible_review(review, Side.REVIEWER)
        if shown.returned:
            return shown.returned
        if shown.submission is None:
            raise NotSubmitted
        if shown.submission.id != submission:
            raise ResubmittedMeanwhile
        returned = _submit(shown, by, now)
    for person in notified_of_side(review, Side.REVIEWER, by) if address else ():
        mailer.send(review_returned_email(person, review, address or ""))
    return returned


def send_reply(review: Review, by: Person, now: datetime, *, address: str | None) -> ReviewSubmission:
    """Send the reply: it becomes visible to the reviewers and can no longer change.

    Do nothing if it is sent already. With the site's `address`, e-mail the reviewers. Raise NotReturned if the review
    is not returned yet, Incomplete with the outcomes that lack something.
    """
    with transaction():
        _lock(review)
        shown = load_visible_review(review, Side.REVIEWED)
        if shown.replied:
            return shown.replied
        _require_changeable(shown)
        submission = _submit(shown, by, now)
    for person in notified_of_side(review, Side.REVIEWED, by) if address else ():
        mailer.send(review_replied_email(person, review, address or ""))
    return submission


def _require_changeable(shown: VisibleReview) -> None:
    if shown.is_changeable:
        return
    raise ReviewAlreadySubmitted if shown.side is Side.REVIEWER or shown.replied else NotReturned


def _lock(review: Review) -> None:
    """Lock the cycle and the review until the transaction ends; on SQLite the transaction itself locks the database."""
    lock_cycle(review.cycle)
    session.execute(select(Review.id).filter_by(id=review.id).with_for_update())


def _added(review: Review, side: Side, draft: PendingSave, saved: Finding | None, by: Person, now: datetime) -> Finding:
    finding = Finding(
        review_id=review.id,
        side=side,
        version=saved.version + 1 if saved else 1,
        saved_at=now,
        saved_by_id=by.id,
        **draft.columns,
    )
    session.add(finding)
    return finding


def _submit(shown: VisibleReview, by: Person, now: datetime) -> ReviewSubmission:
    if shown.lacking:
        raise Incomplete(shown.lacking)
    submission = ReviewSubmission(
        review=shown.review,
        side=shown.side,
        versions={code: finding.version for code, finding in shown.written.items()},
        submission=shown.submission,
        at=now,
        by_id=by.id,
    )
    session.add(submission)
    return submission
