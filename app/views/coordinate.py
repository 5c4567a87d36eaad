"""The journey of staff: watch the progress of a cycle, reopen a submitted reflection."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user

from app.domain.refusals import CycleNotOpen, NotSubmitted
from app.forms.coordinate import ReopenForm
from app.forms.sent import is_switching_language, typed
from app.models import Cycle, Reflection
from app.permissions import allow, boards_watched
from app.services import cycles, places, progress, recording, reflections
from app.views import now

coordinate = Blueprint("coordinate", __name__, url_prefix="/cycles/<int(max=9999):year>")


@coordinate.route("/")
@allow("cycle.watch", of=cycles.find)
def watch(cycle: Cycle) -> str:
    """Who has not begun, who is answering, who has submitted; an officer sees their own board."""
    watched = boards_watched(current_user, list(places.boards()))
    boards = progress.by_board(cycle, watched, now())
    state = cycle.state_at(now())
    return render_template(
        "coordinate/progress.html", cycle=cycle, state=state, boards=boards, total=progress.totals(boards)
    )


@coordinate.route("/<cluster>/reopen", methods=["GET", "POST"])
@allow("reflection.reopen", of=reflections.find)
def reopen(reflection: Reflection) -> Any:
    """Let a cluster change what it submitted, with a reason."""
    form = ReopenForm()
    try:
        recording.reopenable(reflection, now())
        if is_switching_language() or not form.validate_on_submit():
            return render_template("coordinate/reopen.html", reflection=reflection, form=form)
        recording.reopen(reflection, current_user, form.reason.data or "", now())
    except (NotSubmitted, CycleNotOpen):
        return render_template("coordinate/not_submitted.html", reflection=reflection, typed=typed()), 409
    return redirect(url_for("coordinate.watch", year=reflection.cycle_year))
