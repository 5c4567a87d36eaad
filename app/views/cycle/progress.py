"""The journey of staff: watch the progress of a cycle, reopen a submitted reflection."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user

from app.domain.errors import CycleNotOpen, NotSubmitted
from app.forms.reflection.submission import ReopenForm
from app.forms.submitted_fields import is_switching_language, submitted_texts
from app.models import Cycle, Reflection
from app.permissions import allow, boards_watched
from app.services.cycle.progress import progress_by_board, progress_totals
from app.services.cycle.queries import find_cycle
from app.services.organisations.queries import list_boards
from app.services.reflection.commands import reopen_reflection, require_reopenable
from app.services.reflection.queries import find_reflection
from app.views import now

coordinate = Blueprint("coordinate", __name__, url_prefix="/cycles/<int(max=9999):year>")


@coordinate.route("/")
@allow("cycle.watch", of=find_cycle)
def watch(cycle: Cycle) -> str:
    """Who has not begun, who is answering, who has submitted; an officer sees their own board."""
    watched = boards_watched(current_user, list(list_boards()))
    boards = progress_by_board(cycle, watched, now())
    state = cycle.state_at(now())
    return render_template(
        "coordinate/progress.html", cycle=cycle, state=state, boards=boards, total=progress_totals(boards)
    )


@coordinate.route("/<cluster>/reopen", methods=["GET", "POST"])
@allow("reflection.reopen", of=find_reflection)
def reopen(reflection: Reflection) -> Any:
    """Let a cluster change what it submitted, with a reason."""
    form = ReopenForm()
    try:
        require_reopenable(reflection, now())
        if is_switching_language() or not form.validate_on_submit():
            return render_template("coordinate/reopen.html", reflection=reflection, form=form)
        reopen_reflection(reflection, current_user, form.reason.data or "", now())
    except (NotSubmitted, CycleNotOpen):
        return render_template("coordinate/not_submitted.html", reflection=reflection, typed=submitted_texts()), 409
    return redirect(url_for("coordinate.watch", year=reflection.cycle_year))
