"""The pages for a person's private ratings before the discussion, one outcome a page."""

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from surveys.schema import Outcome

from app.domain.errors import AlreadySubmitted, CycleNotOpen, RatingClosed, RecordNotFound
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.forms.saving import TypedFields
from app.forms.workshop import PrivateRatingForm, view_form
from app.models import PrivateRating, Reflection
from app.permissions import allow
from app.services.reflection.queries import find_reflection, load_reflection
from app.services.workshop.commands import save_private_rating
from app.services.workshop.queries import own_private_ratings, revealed_rounds
from app.views.context import now, settings
from app.views.saving import SavingView
from app.views.workshop import blueprint

PATH = "/reflections/<int(max=9999):year>/<cluster>/views"


@blueprint.route(f"{PATH}/")
@allow("view.give", of=find_reflection)
def private_ratings(reflection: Reflection) -> str:
    """List the outcomes, and which of them this person has rated."""
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
    """Show one outcome and save the person's rating of it."""
    return PrivateRatingView(reflection, code).respond()


@blueprint.route(f"{PATH}/<code>/autosave", methods=["POST"])
@allow("view.give", of=find_reflection)
def autosave_private_rating(reflection: Reflection, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return PrivateRatingView(reflection, code).autosave()


class PrivateRatingView(SavingView[PrivateRatingForm]):
    """One person's private rating of one outcome, until the ratings of it are revealed."""

    closing = (RatingClosed, AlreadySubmitted, CycleNotOpen)

    def __init__(self, reflection: Reflection, code: str) -> None:
        self.reflection, self.item = reflection, code

    def load(self) -> None:
        """Load the reflection and the person's own rating."""
        self.shown = load_reflection(self.reflection, now())
        self.address = {"year": self.reflection.cycle_year, "cluster": self.reflection.cluster.code}
        outcome = self.shown.item(self.item)
        if not isinstance(outcome, Outcome):
            raise RecordNotFound("outcome", self.item)
        self.outcome, self.saved = outcome, own_private_ratings(self.reflection, current_user).get(self.item)
        self.is_changeable = self.shown.is_changeable and self.item not in revealed_rounds(self.reflection)

    def form(self, typed: TypedFields = None) -> PrivateRatingForm:
        """Return a form with the levels of this outcome."""
        return view_form(self.outcome, self.shown.questionnaire, typed)

    def page(self, form: PrivateRatingForm, **state: Any) -> str:
        """Return the page of the outcome."""
        template, survey = "workshop/private_ratings/rating.html", self.shown.questionnaire.survey_of(self.item)
        return render_template(
            template, shown=self.shown, item=self.outcome, form=form, survey=survey, given=self.saved, **state
        )

    def closed(self, unsaved: Content | None) -> str:
        """Return the page with the saved rating, and the text that could not be saved."""
        template = "workshop/private_ratings/closed.html"
        return render_template(template, shown=self.shown, item=self.outcome, given=self.saved, unsaved=unsaved)

    def save(self, pending: PendingSave) -> PrivateRating | None:
        """Save the rating."""
        return save_private_rating(self.reflection, pending, current_user, now())

    def next(self) -> str:
        """Return the URL of the next outcome, or of the list."""
        following = self.shown.questionnaire.after(self.item)
        if "save_and_leave" in request.form or not isinstance(following, Outcome):
            return url_for("workshop.private_ratings", **self.address)
        return url_for("workshop.private_rating", **self.address, code=following.code)
