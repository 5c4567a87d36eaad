"""The journey of a peer review: its task list, when to meet, and both views side by side once it is returned."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import ReviewAlreadySubmitted, StaleAnswer, SupersededSave
from app.domain.peer_review.review import MEETING, Side
from app.forms.peer_review.reviews import MeetingForm, meeting_form
from app.forms.submitted_fields import is_switching_language
from app.i18n import language
from app.models import Review
from app.permissions import allow, may
from app.services.peer_review.participants import contacts_of_side, opposite_side
from app.services.peer_review.review_commands import arrange_meeting
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import VisibleReview, load_visible_review
from app.services.saving.queries import find_stashed_form
from app.views.context import now, page_address, settings
from app.views.peer_review import blueprint
from app.views.saving import discard_stashed

PATH = "/reviews/<int(max=9999):year>/<cluster>"


@blueprint.route(f"{PATH}/")
@allow("review.meet", of=find_review)
def tasks(found: Review) -> str:
    """What there is to do in a review, for each side that the person is on."""
    sides = [
        (load_visible_review(found, side), contacts_of_side(found, opposite_side(side))) for side in _sides_of(found)
    ]
    return render_template("peer_review/reviews/tasks.html", review=found, sides=sides)


@blueprint.route(f"{PATH}/meeting", methods=["GET", "POST"])
@allow("review.meet", of=find_review)
def meeting(found: Review) -> Any:
    """When and where the two clusters meet; either side sets it."""
    shown = load_visible_review(found, _sides_of(found)[0])
    if request.method == "GET" and shown.returned:
        return render_template("peer_review/reviews/meeting_closed.html", shown=shown, unsaved=None)
    if request.method == "GET":
        return _show_meeting(shown)
    form = meeting_form()
    if is_switching_language() or not form.validate():
        return _meeting_page(shown, form, clash=shown.meeting if "resolve_conflict" in request.form else None)
    return _arrange(shown, form)


@blueprint.route(f"{PATH}/comparison")
@allow("review.read", of=find_review)
def comparison(found: Review) -> str:
    """What the cluster said of itself and what its reviewers found, side by side."""
    return render_template("peer_review/reviews/comparison.html", shown=load_visible_review(found, Side.BOTH))


def _sides_of(found: Review) -> list[Side]:
    """The sides on which the person writes; somebody may be on both."""
    rules = {Side.REVIEWER: "review.give", Side.REVIEWED: "review.reply"}
    return [side for side, rule in rules.items() if may(rule, current_user, found)]


def _show_meeting(shown: VisibleReview) -> str:
    if kept := find_stashed_form(current_user, page_address()):
        form = meeting_form(typed=kept.fields)
        form.stashed_form.data = kept.id
        return _meeting_page(shown, form, kept=kept)
    form = meeting_form()
    if shown.meeting:
        form.show(shown.meeting.content)
        form.base_version.data = shown.meeting.version
    return _meeting_page(shown, form)


def _arrange(shown: VisibleReview, form: MeetingForm) -> Any:
    draft = form.draft(MEETING, language())
    try:
        arrange_meeting(shown.review, shown.side, draft, current_user, now(), address=settings().base_url)
    except StaleAnswer as stale:
        form.base_version.data = stale.saved.version
        return _meeting_page(shown, form, clash=stale.saved), 409
    except SupersededSave:
        return redirect(_address("meeting", shown.review))
    except ReviewAlreadySubmitted:
        return render_template("peer_review/reviews/meeting_closed.html", shown=shown, unsaved=draft.content), 409
    discard_stashed(form.stashed_form.data)
    return redirect(_address("tasks", shown.review))


def _meeting_page(shown: VisibleReview, form: MeetingForm, **more: Any) -> str:
    return render_template("peer_review/reviews/meeting.html", shown=shown, form=form, **more)


def _address(page: str, found: Review) -> str:
    return url_for(f"peer_review.{page}", year=found.cycle_year, cluster=found.reviewed.code)
