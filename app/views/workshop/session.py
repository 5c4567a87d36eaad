"""The pages on which the lead opens a workshop, leads it on a screen from outcome to outcome, and closes it."""

from collections.abc import Callable, Mapping
from typing import Any

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import AlreadySubmitted, CycleNotOpen, LosesVotes, NoOpenWorkshop, TooFewRatings
from app.forms.accounts import ConfirmForm
from app.forms.submitted_fields import is_switching_language
from app.forms.workshop import opening_form
from app.models import Reflection
from app.permissions import allow
from app.services.reflection.queries import find_reflection, load_reflection
from app.services.workshop.commands import (
    UncountedVotes,
    WorkshopOpening,
    announce_small_group,
    cancel_vote,
    close_vote,
    close_workshop,
    open_vote,
    open_workshop,
    reveal_ratings,
    set_current_item,
)
from app.services.workshop.queries import find_open_workshop, find_workshop_by_code, rating_participation
from app.services.workshop.screen import load_workshop_screen, screen_state_token
from app.views.context import now, settings
from app.views.workshop import blueprint

PATH = "/reflections/<int(max=9999):year>/<cluster>/workshop"
short = Blueprint("short", __name__)
"""The short URL that participants type or scan."""


@short.route("/w/<code>")
@allow("public")
def join(code: str) -> Any:
    """Redirect to the vote of the open workshop with that code, which only people of its cluster may open."""
    where = find_workshop_by_code(code).reflection
    return redirect(url_for("workshop.vote", year=where.cycle_year, cluster=where.cluster.code))


@blueprint.route(f"{PATH}/", methods=["GET", "POST"])
@allow("workshop.run", of=find_reflection)
def begin(reflection: Reflection) -> Any:
    """Show who has rated so far; open a workshop, or change the attendance of the open one."""
    shown = load_reflection(reflection, now())
    form, current = opening_form(shown.questionnaire), find_open_workshop(reflection)
    if request.method == "GET" and current:
        form.process(data={"order": "usual", "present": current.present, "groups": current.groups})
    if is_switching_language() or not form.validate_on_submit():
        return render_template(
            "workshop/begin.html",
            shown=shown,
            form=form,
            current=current,
            participation=rating_participation(reflection),
            minimum=settings().minimum_views,
        )
    opening = WorkshopOpening(form.order.data == "differences", form.present.data, form.groups.data)
    try:
        open_workshop(reflection, opening, current_user, now(), settings().minimum_views)
    except (AlreadySubmitted, CycleNotOpen):
        return render_template("saving/closed.html", shown=shown), 409
    return redirect(_screen(reflection))


@blueprint.route(f"{PATH}/tell", methods=["GET", "POST"])
@allow("workshop.run", of=find_reflection)
def small_group_announcement(reflection: Reflection) -> Any:
    """Ask for confirmation, then announce to the cluster that distributions of few ratings will be shown too."""
    shown, form = load_reflection(reflection, now()), ConfirmForm()
    if is_switching_language() or not form.validate_on_submit():
        return render_template(
            "workshop/announce_small_group.html", shown=shown, form=form, minimum=settings().minimum_views
        )
    try:
        announce_small_group(reflection, now(), address=settings().base_url)
    except (AlreadySubmitted, CycleNotOpen):
        return render_template("saving/closed.html", shown=shown), 409
    return redirect(url_for("workshop.begin", year=reflection.cycle_year, cluster=reflection.cluster.code))


@blueprint.route(f"{PATH}/screen", methods=["GET", "POST"])
@allow("workshop.run", of=find_reflection)
def screen(reflection: Reflection) -> Any:
    """Show the outcome under discussion, for the projector; `do` names the button, one of `_DO`."""
    act, too_few, loses = _DO.get(request.form.get("do", "")), None, None
    if ConfirmForm().validate_on_submit():
        try:
            if act:
                act(reflection)
            return redirect(_screen(reflection))
        except TooFewRatings as refused:
            too_few = refused
        except LosesVotes as refused:
            loses = refused
        except NoOpenWorkshop:
            return redirect(_screen(reflection))
    scene = load_workshop_screen(reflection, now())
    if scene is None:
        return redirect(url_for("workshop.begin", year=reflection.cycle_year, cluster=reflection.cluster.code))
    address = settings().base_url + url_for("short.join", code=scene.workshop.code)
    page = render_template(
        "workshop/screen.html",
        scene=scene,
        shown=scene.shown,
        too_few=too_few,
        loses=loses,
        do=request.form.get("do"),
        minimum=settings().minimum_views,
        state=screen_state_token(reflection, on_screen=True),
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5, border=2),
    )
    return page, 409 if too_few or loses else 200


@blueprint.route(f"{PATH}/state")
@allow("workshop.run", of=find_reflection)
def screen_state(reflection: Reflection) -> dict[str, str]:
    """Return a token that changes when the screen does; the script of the page polls it every second."""
    return {"state": screen_state_token(reflection, on_screen=True)}


def _screen(reflection: Reflection) -> str:
    return url_for("workshop.screen", year=reflection.cycle_year, cluster=reflection.cluster.code)


def _beside() -> str:
    """Return the outcome on the page that sent the form; the screen may show another one by now."""
    return request.form.get("item", "")


def _given_up() -> UncountedVotes:
    """Return the votes that the page said would be deleted."""
    return UncountedVotes(request.form.get("round", 0, int), request.form.get("votes", 0, int))


_DO: Mapping[str, Callable[[Reflection], object]] = {
    "show": lambda reflection: set_current_item(reflection, request.form.get("item", "")),
    "reveal": lambda reflection: reveal_ratings(reflection, now(), settings().minimum_views, _beside()),
    "ask": lambda reflection: open_vote(reflection, now(), _beside(), _given_up()),
    "cancel": lambda reflection: cancel_vote(reflection, _given_up()),
    "count": lambda reflection: close_vote(
        reflection, request.form.get("round", 0, int), now(), settings().minimum_views
    ),
    "close": lambda reflection: close_workshop(reflection, now(), _given_up()),
}
"""Name of a button of the screen -> its command."""
