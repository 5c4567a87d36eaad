"""The pages of a peer review: its task list, its meeting, and both sides' answers once it is returned."""

from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from app.domain.errors import ReviewAlreadySubmitted
from app.domain.peer_review.review import MEETING, Side
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.forms.peer_review.reviews import MeetingForm, meeting_form
from app.forms.saving import TypedFields
from app.models import Finding, Review
from app.permissions import allow, may
from app.services.peer_review.participants import contacts_of_side, opposite_side
from app.services.peer_review.review_commands import arrange_meeting
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import load_visible_review
from app.views.context import now, settings
from app.views.peer_review import blueprint
from app.views.saving import SavingView

PATH = "/reviews/<int(max=9999):year>/<cluster>"


@blueprint.route(f"{PATH}/")
@allow("review.meet", of=find_review)
def tasks(found: Review) -> str:
    """Show the tasks of a review, for each side that the person is on."""
    sides = [
        (load_visible_review(found, side), contacts_of_side(found, opposite_side(side))) for side in _sides_of(found)
    ]
    return render_template("peer_review/reviews/tasks.html", review=found, sides=sides)


@blueprint.route(f"{PATH}/meeting", methods=["GET", "POST"])
@allow("review.meet", of=find_review)
def meeting(found: Review) -> Any:
    """Show and save the time and place of the meeting; either side can set them."""
    return MeetingView(found).respond()


@blueprint.route(f"{PATH}/comparison")
@allow("review.read", of=find_review)
def comparison(found: Review) -> str:
    """Show the cluster's own answers and the findings of its reviewers side by side."""
    return render_template("peer_review/reviews/comparison.html", shown=load_visible_review(found, Side.BOTH))


def _sides_of(found: Review) -> list[Side]:
    """Return the sides on which the current user writes; they may be on both."""
    rules = {Side.REVIEWER: "review.give", Side.REVIEWED: "review.reply"}
    return [side for side, rule in rules.items() if may(rule, current_user, found)]


class MeetingView(SavingView[MeetingForm]):
    """The meeting of the two clusters, until the review is returned."""

    closing, item = (ReviewAlreadySubmitted,), MEETING
    may_be_incomplete = False

    def __init__(self, review: Review) -> None:
        self.review, self.side = review, _sides_of(review)[0]
        self.address = {"year": review.cycle_year, "cluster": review.reviewed.code}

    def load(self) -> None:
        """Load the review as the person's side may see it."""
        self.shown = load_visible_review(self.review, self.side)
        self.saved, self.is_changeable = self.shown.meeting, not self.shown.returned

    def form(self, typed: TypedFields = None) -> MeetingForm:
        """Return the form."""
        return meeting_form(typed)

    def page(self, form: MeetingForm, **state: Any) -> str:
        """Return the page."""
        return render_template("peer_review/reviews/meeting.html", shown=self.shown, form=form, **state)

    def closed(self, unsaved: Content | None) -> str:
        """Return the page with the saved meeting, and the text that could not be saved."""
        return render_template("peer_review/reviews/meeting_closed.html", shown=self.shown, unsaved=unsaved)

    def save(self, pending: PendingSave) -> Finding | None:
        """Save the meeting and e-mail the other side."""
        address = settings().base_url
        return arrange_meeting(self.review, self.side, pending, current_user, now(), address=address)

    def next(self) -> str:
        """Return the URL of the task list."""
        return url_for("peer_review.tasks", **self.address)
