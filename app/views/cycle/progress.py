"""The progress of a cycle: which clusters have not begun, are in progress or have submitted."""

from flask import render_template
from flask_login import current_user

from app.models import Cycle
from app.permissions import allow, boards_watched
from app.services.cycle.progress import progress_by_board, progress_totals
from app.services.cycle.queries import find_cycle
from app.services.organisations.queries import list_boards
from app.views.context import now
from app.views.cycle import blueprint

PATH = "/cycles/<int(max=9999):year>"


@blueprint.route(f"{PATH}/")
@allow("cycle.watch", of=find_cycle)
def progress(cycle: Cycle) -> str:
    """Show the progress of the clusters; an officer sees their own board."""
    watched = boards_watched(current_user, list(list_boards()))
    boards = progress_by_board(cycle, watched, now())
    state = cycle.state_at(now())
    return render_template(
        "cycle/progress.html", cycle=cycle, state=state, boards=boards, total=progress_totals(boards)
    )
