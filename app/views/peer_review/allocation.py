"""The journey of staff through a round of peer review: nominations, what is settled, propose, change, publish."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from reports.layout import ring_chart as ring

from app.domain.errors import AllocationBreaksRules, NoProposal, NotYetSubmitted, ProposalOutdated
from app.domain.peer_review.allocation.result import AllocationResult as Solved
from app.domain.peer_review.allocation.result import InfeasibilityExplanation
from app.forms.accounts import ConfirmForm
from app.forms.peer_review.allocation import PublishAllocationForm, PublishFirstAllocationForm
from app.forms.peer_review.constraints import ConflictForm, FixedDecisionForm
from app.forms.submitted_fields import is_switching_language
from app.models import Cluster, Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle, finished_rounds, require_unfinished_round
from app.services.organisations.queries import list_boards, list_clusters
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
from app.services.peer_review.constraint_commands import (
    add_conflict,
    add_fixed_decision,
    remove_conflict,
    remove_fixed_decision,
)
from app.services.peer_review.constraint_queries import list_conflicts, list_fixed_decisions
from app.services.peer_review.nomination_queries import list_nominations, nominations_of_cycle
from app.services.survey.queries import questionnaire_of
from app.views import now, settings
from app.views.peer_review.labels import allocation_labels

allocate = Blueprint("allocate", __name__, url_prefix="/peer-review/<int(max=9999):year>")
ONE = "<int(max=2147483647):identity>"


@allocate.route("/")
@allow("allocation.run", of=find_cycle)
def overview(cycle: Cycle) -> str:
    """Where the round stands, and what can be done next."""
    proposal, standing = find_proposal(cycle.year), find_current_allocation(cycle.year)
    memory, newest = settings().review_memory, proposal or standing
    return render_template(
        "allocate/overview.html",
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
        **_words(cycle),
    )


@allocate.route("/conflicts", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def declare(cycle: Cycle) -> Any:
    """Two clusters that must not review one another."""
    require_unfinished_round(cycle, now())
    form = ConflictForm(_nominated(cycle))
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/conflict.html", cycle=cycle, form=form)
    add_conflict(cycle, form["one"].data, form["other"].data, now())
    return _back(cycle, "settled")


@allocate.route(f"/conflicts/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def take_back(cycle: Cycle, identity: int) -> Any:
    """A conflict does not hold any more."""
    if ConfirmForm().validate_on_submit():
        remove_conflict(cycle, identity, now())
    return _back(cycle, "settled")


@allocate.route("/fixed", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def decide(cycle: Cycle) -> Any:
    """A reviewer for a cluster, or outcomes of its review, before the allocation."""
    require_unfinished_round(cycle, now())
    form = FixedDecisionForm(_nominated(cycle), questionnaire_of(cycle).outcomes)
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/fixed.html", cycle=cycle, form=form, **_words(cycle))
    decided = (form["reviewed"].data, form["reviewer"].data or None, form["outcomes"].data or ())
    add_fixed_decision(cycle, *decided, now())
    return _back(cycle, "settled")


@allocate.route(f"/fixed/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def undo(cycle: Cycle, identity: int) -> Any:
    """A decision does not hold any more."""
    if ConfirmForm().validate_on_submit():
        remove_fixed_decision(cycle, identity, now())
    return _back(cycle, "settled")


@allocate.route("/propose", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def propose(cycle: Cycle) -> Any:
    """Find the best allocation; where there is none, say why and offer the smallest repairs."""
    if not ConfirmForm().validate_on_submit() or is_switching_language():
        return _back(cycle)
    return _proposed(cycle, propose_allocation(cycle, current_user, now(), settings().review_memory))


@allocate.route("/repair/<int(max=99):number>", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def repair(cycle: Cycle, number: int) -> Any:
    """Apply one of the repairs that were offered, and propose again."""
    if not ConfirmForm().validate_on_submit():
        return _back(cycle)
    of = request.form.get("of", "")
    return _proposed(cycle, repair_and_propose(cycle, number, of, current_user, now(), settings().review_memory))


@allocate.route("/discard", methods=["POST"])
@allow("allocation.run", of=find_cycle)
def discard(cycle: Cycle) -> Any:
    """Forget the proposal."""
    if ConfirmForm().validate_on_submit():
        discard_proposal(cycle, now())
    return _back(cycle)


@allocate.route("/publish", methods=["GET", "POST"])
@allow("allocation.run", of=find_cycle)
def publish(cycle: Cycle) -> Any:
    """Publish the proposal for good, and write to everybody."""
    require_unfinished_round(cycle, now())
    before = find_current_allocation(cycle.year)
    form, over = PublishAllocationForm() if before else PublishFirstAllocationForm(), request.values.get("over", "")
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/publish.html", cycle=cycle, form=form, before=before, over=over)
    reason, where = form["reason"].data if before else "", settings().base_url
    try:
        publish_allocation(
            cycle, current_user, reason, now(), memory=settings().review_memory, address=where, over=over
        )
    except (NoProposal, NotYetSubmitted, ProposalOutdated, AllocationBreaksRules) as refused:
        page = "allocate/not_published.html"
        return render_template(page, cycle=cycle, refused=refused, kind=type(refused).__name__, **_words(cycle)), 409
    return _back(cycle, "published")


@allocate.route("/versions/<int(max=9999):number>")
@allow("allocation.run", of=find_cycle)
def version(cycle: Cycle, number: int) -> str:
    """A published version, also one that another has replaced."""
    found = view_of_allocation(find_allocation(cycle.year, number))
    latest = published_allocations(cycle.year)[0].number
    return render_template("allocate/version.html", cycle=cycle, shown=found, latest=latest, **_words(cycle))


@allocate.route("/rotation")
@allow("cycle.watch", of=find_cycle)
def rotation(cycle: Cycle) -> str:
    """Which boards have reviewed which, and on which outcomes each was reviewed, in the rounds so far."""
    found = build_rotation(cycle, settings().review_memory)
    left_out = damaged_rounds(cycle.year)
    return render_template("allocate/rotation.html", cycle=cycle, rotation=found, left_out=left_out, **_words(cycle))


def _proposed(cycle: Cycle, answer: Solved | InfeasibilityExplanation) -> Any:
    """The proposal, or the page that says why there is none."""
    if not isinstance(answer, InfeasibilityExplanation):
        return _back(cycle, "proposal")
    page = render_template(
        "allocate/none.html",
        cycle=cycle,
        explanation=answer,
        of=current_problem_hash(cycle, settings().review_memory),
        missing=[each.board for each in nominations_of_cycle(cycle) if not each.nominated],
        **_words(cycle),
    )
    return page, 409


def _words(cycle: Cycle) -> Mapping[str, Any]:
    """What the templates speak and draw with."""
    return {**allocation_labels(questionnaire_of(cycle), list_clusters(), list_boards()), "drawn": ring}


def _nominated(cycle: Cycle) -> list[Cluster]:
    return [each.cluster for each in list_nominations(cycle.year)]


def _back(cycle: Cycle, place: str | None = None) -> Any:
    return redirect(url_for("allocate.overview", year=cycle.year, _anchor=place))
