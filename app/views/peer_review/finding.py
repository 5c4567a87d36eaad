"""The pages on which the reviewers write a finding on an outcome, and the reviewed cluster its reply."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import NotReturned, ReviewAlreadySubmitted
from app.domain.peer_review.review import Side
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.forms.peer_review.reviews import FindingForm, ReplyForm, finding_form, reply_form
from app.forms.saving import TypedFields
from app.models import Finding, Review
from app.permissions import allow
from app.services.peer_review.review_commands import save_finding
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import load_visible_review
from app.views.context import now
from app.views.peer_review import blueprint
from app.views.saving import SavingView

PATH = "/reviews/<int(max=9999):year>/<cluster>"
PAGES = {Side.REVIEWER: "peer_review.finding", Side.REVIEWED: "peer_review.reply"}
CHECKS = {Side.REVIEWER: "peer_review.review_return", Side.REVIEWED: "peer_review.review_reply"}
"""Side -> the endpoint where it writes, and the one where it checks what it wrote."""


@blueprint.route(f"{PATH}/outcomes/<code>", methods=["GET", "POST"])
@allow("review.give", of=find_review)
def finding(review: Review, code: str) -> Any:
    """Show the cluster's answer to an outcome, and below it the form for the finding."""
    return WritingView(review, Side.REVIEWER, code).respond()


@blueprint.route(f"{PATH}/outcomes/<code>/autosave", methods=["POST"])
@allow("review.give", of=find_review)
def autosave_finding(review: Review, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return WritingView(review, Side.REVIEWER, code).autosave()


@blueprint.route(f"{PATH}/replies/<code>", methods=["GET", "POST"])
@allow("review.reply", of=find_review)
def reply(review: Review, code: str) -> Any:
    """Show the finding on an outcome, and below it the form for the reply."""
    return WritingView(review, Side.REVIEWED, code).respond()


@blueprint.route(f"{PATH}/replies/<code>/autosave", methods=["POST"])
@allow("review.reply", of=find_review)
def autosave_reply(review: Review, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return WritingView(review, Side.REVIEWED, code).autosave()


class WritingView(SavingView[FindingForm | ReplyForm]):
    """The finding or the reply on one outcome."""

    closing = (ReviewAlreadySubmitted, NotReturned)

    def __init__(self, review: Review, side: Side, code: str) -> None:
        self.review, self.side, self.item = review, side, code
        self.address = {"year": review.cycle_year, "cluster": review.reviewed.code}

    def load(self) -> None:
        """Load the review as this side may see it."""
        self.shown = load_visible_review(self.review, self.side)
        self.outcome, self.saved = self.shown.outcome(self.item), self.shown.written.get(self.item)
        self.is_changeable = self.shown.is_changeable

    def form(self, typed: TypedFields = None) -> FindingForm | ReplyForm:
        """Return the form of this side."""
        if self.side is Side.REVIEWER:
            return finding_form(self.outcome, self.shown.questionnaire, typed)
        finding = self.shown.findings.get(self.item)
        return reply_form(finding.content if finding else {}, typed)

    def page(self, form: FindingForm | ReplyForm, **state: Any) -> str:
        """Return the page on which this side writes."""
        template = "finding.html" if self.side is Side.REVIEWER else "reply.html"
        survey = self.shown.questionnaire.survey_of(self.item)
        shown = {"shown": self.shown, "item": self.outcome, "form": form, "survey": survey}
        return render_template(f"peer_review/reviews/{template}", **shown, **state)

    def closed(self, unsaved: Content | None) -> Any:
        """Return a page with the text that could not be saved, or a redirect to the task list."""
        if unsaved is None:
            return redirect(url_for("peer_review.tasks", **self.address))
        template = "peer_review/reviews/closed.html"
        return render_template(template, shown=self.shown, item=self.outcome, unsaved=unsaved)

    def save(self, pending: PendingSave) -> Finding | None:
        """Save the finding or the reply."""
        return save_finding(self.review, self.side, pending, current_user, now())

    def next(self) -> str:
        """Return the URL of the next outcome, of the page to check what was written, or of the task list."""
        if "save_and_leave" in request.form:
            return url_for("peer_review.tasks", **self.address)
        left = self.shown.outcomes[self.shown.outcomes.index(self.outcome) + 1 :]
        if "check" in request.args or not left:
            return url_for(CHECKS[self.side], **self.address)
        return url_for(PAGES[self.side], **self.address, code=left[0].code)
