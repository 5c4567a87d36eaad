"""The journey of a member before the discussion: private views, one outcome a page."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import Outcome

from app.domain.errors import AlreadySubmitted, CycleNotOpen, RatingClosed, RecordNotFound, StaleAnswer, SupersededSave
from app.forms.saving import autosave_response
from app.forms.submitted_fields import is_switching_language
from app.forms.workshop import PrivateRatingForm, view_form
from app.i18n import clock, language
from app.models import PrivateRating, Reflection
from app.permissions import allow
from app.services.reflection.queries import Overview, find_reflection, load_reflection
from app.services.saving.queries import find_stashed_form
from app.services.workshop.commands import save_private_rating
from app.services.workshop.queries import own_private_ratings, revealed_rounds
from app.views.context import now, page_address, settings
from app.views.saving import discard_stashed
from app.views.workshop import blueprint

PATH = "/reflections/<int(max=9999):year>/<cluster>/views"


@blueprint.route(f"{PATH}/")
@allow("view.give", of=find_reflection)
def private_ratings(reflection: Reflection) -> str:
    """The outcomes, and on which of them this person has given a view."""
    return render_template(
        "workshop/private_ratings/ratings.html",
        shown=load_reflection(reflection, now()),
        own=own_private_ratings(reflection, current_user),
        revealed=revealed_rounds(reflection),
        minimum=settings().minimum_views,
    )


@blueprint.route(f"{PATH}/<code>", methods=["GET", "POST"])
@allow("view.give", of=find_reflection)
def private_rating(reflection: Reflection, code: str) -> Any:
    """One outcome: shown, thought about, kept."""
    shown = load_reflection(reflection, now())
    outcome = _outcome(shown, code)
    if request.method == "GET":
        return _show(shown, outcome)
    form = view_form(outcome, shown.questionnaire)
    if "save_and_leave" in request.form:
        form.forget_needed()
    if is_switching_language() or not form.validate():
        return _page(shown, outcome, form, is_typed=True)
    return _give(shown, outcome, form)


@blueprint.route(f"{PATH}/<code>/autosave", methods=["POST"])
@allow("view.give", of=find_reflection)
def autosave_private_rating(reflection: Reflection, code: str) -> tuple[dict[str, Any], int]:
    """Keep what is being typed, for the script of the page; it is told in a word what became of it."""
    shown = load_reflection(reflection, now())
    form = view_form(_outcome(shown, code), shown.questionnaire)

    def give() -> PrivateRating | None:
        given = save_private_rating(reflection, form.draft(code, language()), current_user, now())
        discard_stashed(form.stashed_form.data)
        return given

    return autosave_response(form, give, clock(now()))


def _outcome(shown: Overview, code: str) -> Outcome:
    item = shown.item(code)
    if isinstance(item, Outcome):
        return item
    raise RecordNotFound("outcome", code)


def _show(shown: Overview, outcome: Outcome) -> Any:
    given = own_private_ratings(shown.reflection, current_user).get(outcome.code)
    kept = find_stashed_form(current_user, page_address())
    form = view_form(outcome, shown.questionnaire, typed=kept.fields if kept else None)
    if not shown.is_changeable or outcome.code in revealed_rounds(shown.reflection):
        unsaved = form.content() if kept else None
        return render_template(
            "workshop/private_ratings/closed.html", shown=shown, item=outcome, given=given, unsaved=unsaved
        )
    if kept:
        form.stashed_form.data = kept.id
        return _page(shown, outcome, form, is_typed=True, kept=kept)
    if given:
        form.show(given.content)
        form.base_version.data = given.version
    return _page(shown, outcome, form, given=given)


def _give(shown: Overview, outcome: Outcome, form: PrivateRatingForm) -> Any:
    where: dict[str, Any] = {"year": shown.reflection.cycle_year, "cluster": shown.reflection.cluster.code}
    draft = form.draft(outcome.code, language())
    try:
        save_private_rating(shown.reflection, draft, current_user, now())
    except StaleAnswer as stale:
        form.base_version.data = stale.saved.version
        return _page(shown, outcome, form, is_typed=True, clash=stale.saved), 409
    except SupersededSave:
        return redirect(url_for("workshop.private_rating", code=outcome.code, **where))
    except (RatingClosed, AlreadySubmitted, CycleNotOpen):
        page = render_template(
            "workshop/private_ratings/closed.html", shown=shown, item=outcome, given=None, unsaved=draft.content
        )
        return page, 409
    discard_stashed(form.stashed_form.data)
    following = shown.questionnaire.after(outcome.code)
    if "save_and_leave" in request.form or not isinstance(following, Outcome):
        return redirect(url_for("workshop.private_ratings", **where))
    return redirect(url_for("workshop.private_rating", code=following.code, **where))


def _page(shown: Overview, outcome: Outcome, form: PrivateRatingForm, **more: Any) -> str:
    survey = shown.questionnaire.survey_of(outcome.code)
    return render_template(
        "workshop/private_ratings/rating.html", shown=shown, item=outcome, form=form, survey=survey, **more
    )
