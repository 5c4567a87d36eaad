"""The pages on which an officer nominates a cluster for peer review, changes or withdraws the nomination."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from app.domain.errors import NominationInUse, NominationLimitReached
from app.forms.accounts import ConfirmForm
from app.forms.peer_review.nominations import NominationForm
from app.forms.submitted_fields import is_switching_language
from app.models import HealthBoard, Reflection
from app.permissions import allow
from app.services.cycle.queries import find_cycle, finished_rounds, require_unfinished_round
from app.services.organisations.queries import find_board
from app.services.peer_review.nomination_commands import nominate_cluster, withdraw_nomination
from app.services.peer_review.nomination_queries import (
    find_nomination,
    nominations_of_board,
    possible_contacts,
    reflection_of_nomination,
)
from app.services.survey.queries import questionnaire_of
from app.views.context import now, settings
from app.views.peer_review import blueprint

PATH = "/nominations/<int(max=9999):year>/<code>"


@blueprint.route(f"{PATH}/")
@allow("nomination.make", of=find_board)
def nominations(board: HealthBoard, year: int) -> str:
    """Show the board's clusters: those nominated, and those that could be."""
    cycle = find_cycle(year)
    return render_template(
        "peer_review/nominations/clusters.html",
        cycle=cycle,
        shown=nominations_of_board(cycle, board),
        most=settings().nominees_per_board,
        is_finished=year in finished_rounds(now()),
        titles={each.code: each.title for each in questionnaire_of(cycle).outcomes},
        surveys=[survey for survey in questionnaire_of(cycle) if survey.outcomes],
    )


@blueprint.route(f"{PATH}/<cluster>", methods=["GET", "POST"])
@allow("nomination.make", of=find_board)
def nomination(board: HealthBoard, year: int, cluster: str) -> Any:
    """Ask for the contact people and preferred outcomes of a cluster, and save its nomination."""
    cycle = find_cycle(year)
    require_unfinished_round(cycle, now())
    reflection = reflection_of_nomination(cycle, board, cluster)
    form = _form(reflection)
    if is_switching_language() or not form.validate_on_submit():
        return _page(reflection, board, form)
    try:
        nominate_cluster(
            reflection,
            contacts=[int(identity) for identity in form["contacts"].data],
            wishes=form["wishes"].data or (),
            by=current_user,
            now=now(),
            most=settings().nominees_per_board,
        )
    except NominationLimitReached as refused:
        return _page(reflection, board, form, enough=refused.clusters), 409
    return redirect(url_for("peer_review.nominations", year=year, code=board.ods_code))


@blueprint.route(f"{PATH}/<cluster>/withdraw", methods=["GET", "POST"])
@allow("nomination.make", of=find_board)
def nomination_withdrawal(board: HealthBoard, year: int, cluster: str) -> Any:
    """Ask for confirmation, then withdraw a nomination."""
    cycle = find_cycle(year)
    require_unfinished_round(cycle, now())
    reflection = reflection_of_nomination(cycle, board, cluster)
    form = ConfirmForm()
    if is_switching_language() or not form.validate_on_submit():
        return render_template("peer_review/nominations/withdraw.html", reflection=reflection, board=board, form=form)
    try:
        withdraw_nomination(reflection, now(), address=settings().base_url)
    except NominationInUse:
        return render_template("peer_review/nominations/cannot_withdraw.html", reflection=reflection, board=board), 409
    return redirect(url_for("peer_review.nominations", year=year, code=board.ods_code))


def _form(reflection: Reflection) -> NominationForm:
    """Return the form, filled with the nomination if there is one."""
    made = find_nomination(reflection.cycle_year, reflection.cluster)
    said = {"contacts": [str(each.id) for each in made.contacts], "wishes": made.wishes} if made else {}
    people = possible_contacts(reflection.cluster)
    return NominationForm(people, questionnaire_of(reflection.cycle).outcomes, data=said)


def _page(reflection: Reflection, board: HealthBoard, form: NominationForm, **more: Any) -> str:
    surveys = [survey for survey in questionnaire_of(reflection.cycle) if survey.outcomes]
    return render_template(
        "peer_review/nominations/nomination.html",
        reflection=reflection,
        board=board,
        form=form,
        surveys=surveys,
        **more,
    )
