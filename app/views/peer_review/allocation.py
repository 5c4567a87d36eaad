"""The pages of the allocation: overview, proposal, publication, versions, rotation."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from app.domain.errors import AllocationBreaksRules, NoProposal, NotYetSubmitted, ProposalOutdated
from app.domain.peer_review.allocation.result import AllocationResult as Solved
from app.domain.peer_review.allocation.result import InfeasibilityExplanation
from app.forms.accounts import ConfirmForm
from app.forms.peer_review.allocation import PublishAllocationForm, PublishFirstAllocationForm
from app.forms.submitted_fields import is_switching_language
from app.models import Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle, finished_rounds, require_unfinished_round
from app.services.peer_review.allocation_commands import (
    discard_proposal,
    propose_allocation,
    publish_allocation,
    repair_and_propose,
)
from app.services.peer_review.allocation_problem import (
    build_problem,
    build_rotation,
    current_problem_hash,
    damaged_rounds,
    is_proposal_current,
)
from app.services.peer_review.allocation_queries import (
    find_allocation,
    find_current_allocation,
    find_proposal,
    published_allocations,
    view_of_allocation,
)
from app.services.peer_review.constraint_queries import list_conflicts, list_fixed_decisions
from app.services.peer_review.nomination_queries import nominations_of_cycle
from app.views.context import now, settings
from app.views.peer_review import blueprint
from app.views.peer_review.labels import page_labels, redirect_to_overview

PATH = "/peer-review/<int(max=9999):year>"

ONE = "<int(max=2147483647):identity>"


@blueprint.route(f"{PATH}/")
@allow("allocation.run", of=find_cycle)
def allocation_overview(cycle: Cycle) -> str:
    """Show the state of the round and what can be done next."""
    proposal, standing = find_proposal(cycle.year), find_current_allocation(cycle.year)
    memory, newest = settings().review_memory, proposal or standing
    return render_template(
        "peer_review/allocation/overview.html",
        cycle=cycle,
        boards=nominations_of_cycle(cycle),
        conflicts=list_conflicts(cycle.year),
        fixed=list_fixed_decisions(cycle.year),
        extra=[each for each in build_problem(cycle, memory).sets if each.extra],
        proposal=view_of_allocation(proposal) if proposal else None,
        standing=view_of_allocation(standing) if standing else None,
        left_out=damaged_rounds(cycle.year),
        is_finished=cycle.year in finished_rounds(now()),
        is_current=newest is None or is_proposal_current(cycle, newest, memory),
        **page_labels(cycle),
    )


@blueprint.route(f"{PATH}/propose", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def proposal(cycle: Cycle) -> Any:
    """Propose the best allocation; if there is none, say why and offer the smallest repairs."""
    if not ConfirmForm().validate_on_submit() or is_switching_language():
        return redirect_to_overview(cycle)
    return _proposed(cycle, propose_allocation(cycle, current_user, now(), settings().review_memory))


@blueprint.route(f"{PATH}/repair/<int(max=99):number>", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def repair(cycle: Cycle, number: int) -> Any:
    """Apply an offered repair (its number from 0), and propose again."""
    if not ConfirmForm().validate_on_submit():
        return redirect_to_overview(cycle)
    problem_hash, memory = request.form.get("problem_hash", ""), settings().review_memory
    return _proposed(cycle, repair_and_propose(cycle, number, problem_hash, current_user, now(), memory))


@blueprint.route(f"{PATH}/discard", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def proposal_removal(cycle: Cycle) -> Any:
    """Discard the proposal."""
    if ConfirmForm().validate_on_submit():
        discard_proposal(cycle, now())
    return redirect_to_overview(cycle)


@blueprint.route(f"{PATH}/publish", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def allocation_publication(cycle: Cycle) -> Any:
    """Ask for confirmation, and for a reason from the second version on; publish the proposal and e-mail both sides."""
    require_unfinished_round(cycle, now())
    before = find_current_allocation(cycle.year)
    form = PublishAllocationForm() if before else PublishFirstAllocationForm()
    base_version = request.form.get("base_version", request.args.get("over", ""))
    if is_switching_language() or not form.validate_on_submit():
        return render_template(
            "peer_review/allocation/publish.html", cycle=cycle, form=form, before=before, base_version=base_version
        )
    reason = form["reason"].data if before else ""
    memory, address = settings().review_memory, settings().base_url
    try:
        publish_allocation(
            cycle,
            current_user,
            reason,
            now(),
            memory=memory,
            address=address,
            base_version=base_version,
        )
    except (NoProposal, NotYetSubmitted, ProposalOutdated, AllocationBreaksRules) as refused:
        page = "peer_review/allocation/not_published.html"
        return render_template(
            page, cycle=cycle, refused=refused, kind=type(refused).__name__, **page_labels(cycle)
        ), 409
    return redirect_to_overview(cycle, "published")


@blueprint.route(f"{PATH}/versions/<int(max=9999):number>")
@allow("allocation.run", of=find_cycle)
def allocation_version(cycle: Cycle, number: int) -> str:
    """Show a published version, the current one or an earlier one."""
    found = view_of_allocation(find_allocation(cycle.year, number))
    latest = published_allocations(cycle.year)[0].number
    return render_template(
        "peer_review/allocation/version.html", cycle=cycle, shown=found, latest=latest, **page_labels(cycle)
    )


@blueprint.route(f"{PATH}/rotation")
@allow("cycle.watch", of=find_cycle)
def rotation(cycle: Cycle) -> str:
    """Show which boards have reviewed which, and on which outcomes, in all rounds so far."""
    found = build_rotation(cycle, settings().review_memory)
    left_out = damaged_rounds(cycle.year)
    return render_template(
        "peer_review/allocation/rotation.html", cycle=cycle, rotation=found, left_out=left_out, **page_labels(cycle)
    )


def _proposed(cycle: Cycle, answer: Solved | InfeasibilityExplanation) -> Any:
    """Redirect to the proposal, or show why there is none (409)."""
    if not isinstance(answer, InfeasibilityExplanation):
        return redirect_to_overview(cycle, "proposal")
    page = render_template(
        "peer_review/allocation/infeasible.html",
        cycle=cycle,
        explanation=answer,
        problem_hash=current_problem_hash(cycle, settings().review_memory),
        missing=[each.board for each in nominations_of_cycle(cycle) if not each.nominated],
        **page_labels(cycle),
    )
    return page, 409
