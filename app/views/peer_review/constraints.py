"""The pages by which staff add and remove review conflicts and fixed decisions."""

from typing import Any

from flask import render_template

from app.forms.accounts import ConfirmForm
from app.forms.peer_review.constraints import ConflictForm, FixedDecisionForm
from app.forms.submitted_fields import is_switching_language
from app.models import Cluster, Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle, require_unfinished_round
from app.services.peer_review.constraint_commands import (
    add_conflict,
    add_fixed_decision,
    remove_conflict,
    remove_fixed_decision,
)
from app.services.peer_review.nomination_queries import list_nominations
from app.services.survey.queries import questionnaire_of
from app.views.context import now
from app.views.peer_review import blueprint
from app.views.peer_review.allocation import ONE, PATH
from app.views.peer_review.labels import page_labels, redirect_to_overview


@blueprint.route(f"{PATH}/conflicts", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def conflict(cycle: Cycle) -> Any:
    """Ask for two clusters that must not review each other, and add the conflict."""
    require_unfinished_round(cycle, now())
    form = ConflictForm(_nominated(cycle))
    if is_switching_language() or not form.validate_on_submit():
        return render_template("peer_review/constraints/conflict.html", cycle=cycle, form=form)
    add_conflict(cycle, form["one"].data, form["other"].data, now())
    return redirect_to_overview(cycle, "settled")


@blueprint.route(f"{PATH}/conflicts/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def conflict_removal(cycle: Cycle, identity: int) -> Any:
    """Remove a review conflict."""
    if ConfirmForm().validate_on_submit():
        remove_conflict(cycle, identity, now())
    return redirect_to_overview(cycle, "settled")


@blueprint.route(f"{PATH}/fixed", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def fixed_decision(cycle: Cycle) -> Any:
    """Ask for a cluster with its reviewer or outcomes, and add the fixed decision."""
    require_unfinished_round(cycle, now())
    form = FixedDecisionForm(_nominated(cycle), questionnaire_of(cycle).outcomes)
    if is_switching_language() or not form.validate_on_submit():
        return render_template(
            "peer_review/constraints/fixed_decision.html", cycle=cycle, form=form, **page_labels(cycle)
        )
    decided = (form["reviewed"].data, form["reviewer"].data or None, form["outcomes"].data or ())
    add_fixed_decision(cycle, *decided, now())
    return redirect_to_overview(cycle, "settled")


@blueprint.route(f"{PATH}/fixed/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def fixed_decision_removal(cycle: Cycle, identity: int) -> Any:
    """Remove a fixed decision."""
    if ConfirmForm().validate_on_submit():
        remove_fixed_decision(cycle, identity, now())
    return redirect_to_overview(cycle, "settled")


def _nominated(cycle: Cycle) -> list[Cluster]:
    return [each.cluster for each in list_nominations(cycle.year)]
