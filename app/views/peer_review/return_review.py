"""The last page of each side of a peer review: check what was written, then return the review or send the reply."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from app.domain.errors import Incomplete, NotReturned, NotSubmitted, ResubmittedMeanwhile
from app.domain.peer_review.review import Side
from app.forms.accounts import ConfirmForm
from app.forms.peer_review.reviews import ReturnForm
from app.forms.submitted_fields import is_switching_language
from app.models import Review
from app.permissions import allow
from app.services.peer_review.review_commands import return_review, send_reply
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import VisibleReview, load_visible_review
from app.views.context import now, settings
from app.views.peer_review import blueprint

PATH = "/reviews/<int(max=9999):year>/<cluster>"


@blueprint.route(f"{PATH}/return", methods=["GET", "POST"])
@allow("review.give", of=find_review)
def review_return(review: Review) -> Any:
    """Show the findings, what is missing, and the button that returns the review."""
    shown, form = load_visible_review(review, Side.REVIEWER), ReturnForm()
    if shown.returned:
        return _to_tasks(shown)
    if is_switching_language() or not form.validate_on_submit():
        return _check_findings(shown, form)
    submission = form.submission.data or 0
    try:
        return_review(review, submission, current_user, now(), address=settings().base_url)
    except ResubmittedMeanwhile:
        return _check_findings(load_visible_review(review, Side.REVIEWER), form, is_new=True), 409
    except (Incomplete, NotSubmitted):
        return _check_findings(load_visible_review(review, Side.REVIEWER), form), 409
    return _to_tasks(shown)


@blueprint.route(f"{PATH}/reply", methods=["GET", "POST"])
@allow("review.reply", of=find_review)
def review_reply(review: Review) -> Any:
    """Show the replies, what is missing, and the button that sends them."""
    shown, form = load_visible_review(review, Side.REVIEWED), ConfirmForm()
    if not shown.is_changeable:
        return _to_tasks(shown)
    if is_switching_language() or not form.validate_on_submit():
        return render_template("peer_review/reviews/check_replies.html", shown=shown, form=form)
    try:
        send_reply(review, current_user, now(), address=settings().base_url)
    except Incomplete:
        return render_template(
            "peer_review/reviews/check_replies.html", shown=load_visible_review(review, Side.REVIEWED), form=form
        ), 409
    except NotReturned:
        pass
    return _to_tasks(shown)


def _check_findings(shown: VisibleReview, form: ReturnForm, *, is_new: bool = False) -> str:
    form.submission.data = shown.submission.id if shown.submission else 0
    return render_template("peer_review/reviews/check_findings.html", shown=shown, form=form, is_new=is_new)


def _to_tasks(shown: VisibleReview) -> Any:
    return redirect(url_for("peer_review.tasks", year=shown.review.cycle_year, cluster=shown.review.reviewed.code))
