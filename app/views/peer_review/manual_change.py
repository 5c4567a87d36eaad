"""The page on which staff change a proposed allocation by hand, and see its score before they save it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import InvalidValue, NoProposal, ProposalOutdated
from app.domain.peer_review.allocation.result import AssignedReview
from app.forms.peer_review.allocation import by_hand_form
from app.forms.submitted_fields import is_switching_language
from app.i18n import gettext as _
from app.models import Allocation, Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle, require_unfinished_round
from app.services.organisations.queries import list_boards, list_clusters
from app.services.peer_review.allocation_commands import change_allocation
from app.services.peer_review.allocation_queries import (
    evaluate_change,
    find_proposal,
    proposal_version,
    view_of_allocation,
)
from app.services.survey.queries import questionnaire_of
from app.views.context import now
from app.views.peer_review import blueprint
from app.views.peer_review.labels import allocation_labels

PATH = "/peer-review/<int(max=9999):year>/by-hand"


@blueprint.route(PATH, methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def manual_change(cycle: Cycle) -> Any:
    """Show each review with its reviewer and outcomes to change; one button scores the change, another saves it."""
    require_unfinished_round(cycle, now())
    proposal = find_proposal(cycle.year)
    if proposal is None:
        return redirect(url_for("peer_review.allocation_overview", year=cycle.year))
    form = _form(cycle, proposal)
    if form.is_submitted() and form["base_version"].data != proposal_version(proposal):
        return _outdated(cycle, proposal, form)
    if request.method == "GET" or is_switching_language() or not form.validate_on_submit():
        return _page(cycle, proposal, form)
    if "keep" in request.form:
        return _keep(cycle, proposal, form)
    changed = evaluate_change(proposal, _chosen(form, proposal))
    return _page(cycle, proposal, form, changed=changed)


def _keep(cycle: Cycle, proposal: Allocation, form: Any) -> Any:
    """Save the chosen reviews as the proposal, or show the form again with the reason why not."""
    try:
        change_allocation(cycle, _chosen(form, proposal), form["base_version"].data, current_user, now())
    except ProposalOutdated:
        return _outdated(cycle, proposal, form)
    except InvalidValue:
        _say_who_reviews_twice(form)
        return _page(cycle, proposal, form)
    except NoProposal:
        pass  # published or discarded in the meantime; the overview shows which
    return redirect(url_for("peer_review.allocation_overview", year=cycle.year, _anchor="proposal"))


def _outdated(cycle: Cycle, proposal: Allocation, form: Any) -> Any:
    """Show the form as sent, say that the proposal has changed since, and base it on the present proposal (409)."""
    form["base_version"].data = proposal_version(proposal)
    return _page(cycle, proposal, form, is_outdated=True), 409


def _form(cycle: Cycle, proposal: Allocation) -> Any:
    """Return the form, filled in with the present proposal."""
    rows = proposal.assignments
    form = by_hand_form(
        [each.reviewed for each in rows],
        {each.reviewed.code: each.outcomes for each in rows},
        questionnaire_of(cycle).outcomes,
    )
    if not form.is_submitted():
        form["base_version"].data = proposal_version(proposal)
        for row in rows:
            form[f"reviewer_{row.reviewed.code}"].data = row.reviewer.code
            for number, outcome in enumerate(row.outcomes):
                form[f"outcome_{row.reviewed.code}_{number}"].data = outcome
    return form


def _chosen(form: Any, proposal: Allocation) -> list[AssignedReview]:
    return [
        AssignedReview(
            form[f"reviewer_{row.reviewed.code}"].data,
            row.reviewed.code,
            tuple(form[f"outcome_{row.reviewed.code}_{number}"].data for number in range(len(row.outcomes))),
        )
        for row in proposal.assignments
    ]


def _say_who_reviews_twice(form: Any) -> None:
    """Add an error to each reviewer who is chosen a second time."""
    seen: set[str] = set()
    for field in form:
        if field.name.startswith("reviewer_"):
            if field.data in seen:
                field.errors = [_("This cluster reviews another already. Each reviews exactly one.")]
            seen.add(field.data)


def _page(cycle: Cycle, proposal: Allocation, form: Any, **more: Any) -> str:
    return render_template(
        "peer_review/allocation/manual_change.html",
        cycle=cycle,
        shown=view_of_allocation(proposal),
        form=form,
        rows=_rows(form, proposal),
        **allocation_labels(questionnaire_of(cycle), list_clusters(), list_boards()),
        **more,
    )


def _rows(form: Any, proposal: Allocation) -> Sequence[Mapping[str, Any]]:
    """Return the fields grouped by review."""
    return [
        {
            "reviewed": row.reviewed,
            "reviewer": form[f"reviewer_{row.reviewed.code}"],
            "outcomes": [form[f"outcome_{row.reviewed.code}_{number}"] for number in range(len(row.outcomes))],
        }
        for row in proposal.assignments
    ]
