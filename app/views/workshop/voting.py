"""The page on which a participant votes, on their phone: the outcome under discussion, the vote, the result."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import UNABLE

from app.domain.errors import RatingClosed
from app.forms.accounts import ConfirmForm
from app.models import Reflection
from app.permissions import allow
from app.services.reflection.queries import find_reflection
from app.services.survey.queries import questionnaire_of
from app.services.workshop.commands import cast_vote
from app.services.workshop.queries import own_vote
from app.services.workshop.screen import load_workshop_screen, screen_state_token
from app.views.context import now
from app.views.workshop import blueprint

PATH = "/reflections/<int(max=9999):year>/<cluster>/vote"


@blueprint.route(PATH, methods=["GET", "POST"])
@allow("workshop.join", of=find_reflection)
def vote(reflection: Reflection) -> Any:
    """Show the outcome on the screen; a level sent is a vote, and replaces an earlier one."""
    is_late = False
    level = request.form.get("level", "")
    if ConfirmForm().validate_on_submit() and level in (*questionnaire_of(reflection.cycle).levels, UNABLE):
        try:
            cast_vote(reflection, request.form.get("round", 0, int), level, current_user)
            return redirect(url_for("workshop.vote", year=reflection.cycle_year, cluster=reflection.cluster.code))
        except RatingClosed:
            is_late = True
    scene = load_workshop_screen(reflection, now())
    page = render_template(
        "workshop/vote.html",
        reflection=reflection,
        scene=scene,
        own=own_vote(scene.open_round, current_user) if scene and scene.open_round else "",
        is_late=is_late,
        state=screen_state_token(reflection, on_screen=False),
    )
    return page, 409 if is_late else 200


@blueprint.route(f"{PATH}/state")
@allow("workshop.join", of=find_reflection)
def vote_state(reflection: Reflection) -> dict[str, str]:
    """Return a token that changes when the page should be updated; its script polls it every few seconds."""
    return {"state": screen_state_token(reflection, on_screen=False)}
