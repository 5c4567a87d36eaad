"""What one side of a peer review writes on one outcome: the reviewers a finding, the reviewed cluster its reply."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import Outcome

from app.domain.errors import NotReturned, ReviewAlreadySubmitted, StaleAnswer, SupersededSave
from app.domain.peer_review.review import Side
from app.domain.saving.decision import SaveDecision, decide_save
from app.forms.peer_review.reviews import FindingForm, ReplyForm, Typed, finding_form, reply_form
from app.forms.saving import autosave_response
from app.forms.submitted_fields import is_switching_language
from app.i18n import clock, language
from app.models import Finding, Review
from app.permissions import allow
from app.services.peer_review.review_commands import save_finding
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import VisibleReview, load_visible_review
from app.services.saving.queries import find_stashed_form
from app.views.context import now, page_address
from app.views.peer_review import blueprint
from app.views.saving import discard_stashed

PATH = "/reviews/<int(max=9999):year>/<cluster>"
PAGES = {Side.REVIEWER: "peer_review.finding", Side.REVIEWED: "peer_review.reply"}
CHECKS = {Side.REVIEWER: "peer_review.review_return", Side.REVIEWED: "peer_review.review_reply"}
"""Side -> where it writes, and where it checks what it wrote."""


@blueprint.route(f"{PATH}/outcomes/<code>", methods=["GET", "POST"])
@allow("review.give", of=find_review)
def finding(review: Review, code: str) -> Any:
    """What the cluster said of an outcome, and below it what its reviewers find."""
    return _writing(load_visible_review(review, Side.REVIEWER), code)


@blueprint.route(f"{PATH}/outcomes/<code>/autosave", methods=["POST"])
@allow("review.give", of=find_review)
def autosave_finding(review: Review, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return _autosave(load_visible_review(review, Side.REVIEWER), code)


@blueprint.route(f"{PATH}/replies/<code>", methods=["GET", "POST"])
@allow("review.reply", of=find_review)
def reply(review: Review, code: str) -> Any:
    """What the reviewers found on an outcome, and below it what the cluster replies."""
    return _writing(load_visible_review(review, Side.REVIEWED), code)


@blueprint.route(f"{PATH}/replies/<code>/autosave", methods=["POST"])
@allow("review.reply", of=find_review)
def autosave_reply(review: Review, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return _autosave(load_visible_review(review, Side.REVIEWED), code)


def _writing(shown: VisibleReview, code: str) -> Any:
    outcome = shown.outcome(code)
    if request.method == "GET":
        return _show(shown, outcome)
    form, saved = _form(shown, outcome), shown.written.get(code)
    if "save_and_leave" in request.form or "resolve_conflict" in request.form:
        form.forget_needed()
    if is_switching_language():
        return _page(shown, outcome, form, is_typed=True, clash=saved if "resolve_conflict" in request.form else None)
    if not shown.is_changeable:
        return _closed(shown, outcome, form), 409
    if saved and decide_save(form.draft(code, language()), saved) is SaveDecision.STALE:
        return _clash(shown, outcome, form, saved), 409  # before anything is refused, see record.question
    if not form.validate():
        return _page(shown, outcome, form, is_typed=True)
    return _save(shown, outcome, form)


def _autosave(shown: VisibleReview, code: str) -> tuple[dict[str, Any], int]:
    form = _form(shown, shown.outcome(code))

    def save() -> Finding | None:
        saved = save_finding(shown.review, shown.side, form.draft(code, language()), current_user, now())
        discard_stashed(form.stashed_form.data)
        return saved

    return autosave_response(form, save, clock(now()))


def _show(shown: VisibleReview, outcome: Outcome) -> Any:
    kept = find_stashed_form(current_user, page_address())
    form = _form(shown, outcome, kept.fields if kept else None)
    if not shown.is_changeable:
        return _closed(shown, outcome, form) if kept else redirect(_address("peer_review.tasks", shown))
    if kept:
        form.stashed_form.data = kept.id
        return _page(shown, outcome, form, is_typed=True, kept=kept)
    if saved := shown.written.get(outcome.code):
        form.show(saved.content)
        form.base_version.data = saved.version
    return _page(shown, outcome, form)


def _save(shown: VisibleReview, outcome: Outcome, form: FindingForm | ReplyForm) -> Any:
    draft = form.draft(outcome.code, language())
    try:
        save_finding(shown.review, shown.side, draft, current_user, now())
    except StaleAnswer as stale:
        return _clash(shown, outcome, form, stale.saved), 409
    except SupersededSave:
        return redirect(_address(PAGES[shown.side], shown, code=outcome.code))
    except (ReviewAlreadySubmitted, NotReturned):
        return _closed(shown, outcome, form), 409
    discard_stashed(form.stashed_form.data)
    return redirect(_following(shown, outcome))


def _following(shown: VisibleReview, outcome: Outcome) -> str:
    """Where somebody goes on after saving: to the next outcome, or to check what was written."""
    if "save_and_leave" in request.form:
        return _address("peer_review.tasks", shown)
    left = shown.outcomes[shown.outcomes.index(outcome) + 1 :]
    if "check" in request.args or not left:
        return _address(CHECKS[shown.side], shown)
    return _address(PAGES[shown.side], shown, code=left[0].code)


def _form(shown: VisibleReview, outcome: Outcome, typed: Typed = None) -> FindingForm | ReplyForm:
    if shown.side is Side.REVIEWER:
        return finding_form(outcome, shown.questionnaire, typed)
    found = shown.findings.get(outcome.code)
    return reply_form(found.content if found else {}, typed)


def _closed(shown: VisibleReview, outcome: Outcome, form: FindingForm | ReplyForm) -> str:
    """Nothing can be saved any more: what was typed, to be copied."""
    return render_template("peer_review/reviews/closed.html", shown=shown, item=outcome, typed_content=form.content())


def _clash(shown: VisibleReview, outcome: Outcome, form: FindingForm | ReplyForm, saved: Finding) -> str:
    """What was typed below what somebody else saved; from now on it is typed over that."""
    form.base_version.data = saved.version
    return _page(shown, outcome, form, is_typed=True, clash=saved)


def _page(shown: VisibleReview, outcome: Outcome, form: FindingForm | ReplyForm, **more: Any) -> str:
    template = "peer_review/reviews/finding.html" if shown.side is Side.REVIEWER else "peer_review/reviews/reply.html"
    survey = shown.questionnaire.survey_of(outcome.code)
    return render_template(template, shown=shown, item=outcome, form=form, survey=survey, **more)


def _address(page: str, shown: VisibleReview, **more: Any) -> str:
    return url_for(page, year=shown.review.cycle_year, cluster=shown.review.reviewed.code, **more)
