"""The journey of staff through a round of peer review: nominations, what is settled, propose, change, publish."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from reports import ring

from app.domain.allocation.values import AllocationResult as Solved
from app.domain.allocation.values import InfeasibilityExplanation
from app.domain.refusals import AllocationBreaksRules, NoProposal, NotYetSubmitted, ProposalOutdated
from app.forms.account import ConfirmForm
from app.forms.review_round import ConflictForm, FirstPublishForm, FixedForm, PublishForm
from app.forms.sent import is_switching_language
from app.forms.vocabulary import vocabulary
from app.models import Cluster, Cycle
from app.permissions import allow
from app.services import (
    allocating,
    allocation_overview,
    allocations,
    cycles,
    decisions,
    nominations,
    places,
    review_rounds,
)
from app.views import now, settings

allocate = Blueprint("allocate", __name__, url_prefix="/peer-review/<int(max=9999):year>")
ONE = "<int(max=2147483647):identity>"


@allocate.route("/")
@allow("allocation.run", of=cycles.find)
def overview(cycle: Cycle) -> str:
    """Where the round stands, and what can be done next."""
    proposal, standing = allocations.proposal(cycle.year), allocations.standing(cycle.year)
    memory, newest = settings().review_memory, proposal or standing
    return render_template(
        "allocate/overview.html",
        cycle=cycle,
        boards=nominations.of_cycle(cycle),
        conflicts=decisions.conflicts(cycle.year),
        fixed=decisions.fixed(cycle.year),
        extra=[each for each in review_rounds.problem(cycle, memory).sets if each.extra],
        proposal=allocation_overview.shown(proposal) if proposal else None,
        standing=allocation_overview.shown(standing) if standing else None,
        left_out=review_rounds.left_out(cycle.year),
        is_finished=cycle.year in cycles.finished_rounds(now()),
        is_current=newest is None or allocating.is_current(cycle, newest, memory),
        **_words(cycle),
    )


@allocate.route("/conflicts", methods=["GET", "POST"])
@allow("allocation.run", of=cycles.find)
def declare(cycle: Cycle) -> Any:
    """Two clusters that must not review one another."""
    cycles.require_unfinished(cycle, now())
    form = ConflictForm(_nominated(cycle))
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/conflict.html", cycle=cycle, form=form)
    decisions.declare(cycle, form["one"].data, form["other"].data, now())
    return _back(cycle, "settled")


@allocate.route(f"/conflicts/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=cycles.find)
def take_back(cycle: Cycle, identity: int) -> Any:
    """A conflict does not hold any more."""
    if ConfirmForm().validate_on_submit():
        decisions.take_back(cycle, identity, now())
    return _back(cycle, "settled")


@allocate.route("/fixed", methods=["GET", "POST"])
@allow("allocation.run", of=cycles.find)
def decide(cycle: Cycle) -> Any:
    """A reviewer for a cluster, or outcomes of its review, before the allocation."""
    cycles.require_unfinished(cycle, now())
    form = FixedForm(_nominated(cycle), cycles.questionnaire(cycle).outcomes)
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/fixed.html", cycle=cycle, form=form, **_words(cycle))
    decided = (form["reviewed"].data, form["reviewer"].data or None, form["outcomes"].data or ())
    decisions.decide(cycle, *decided, now())
    return _back(cycle, "settled")


@allocate.route(f"/fixed/{ONE}/remove", methods=["POST"])
@allow("allocation.run", of=cycles.find)
def undo(cycle: Cycle, identity: int) -> Any:
    """A decision does not hold any more."""
    if ConfirmForm().validate_on_submit():
        decisions.undo(cycle, identity, now())
    return _back(cycle, "settled")


@allocate.route("/propose", methods=["GET", "POST"])
@allow("allocation.run", of=cycles.find)
def propose(cycle: Cycle) -> Any:
    """Find the best allocation; where there is none, say why and offer the smallest repairs."""
    if not ConfirmForm().validate_on_submit() or is_switching_language():
        return _back(cycle)
    return _proposed(cycle, allocating.propose(cycle, current_user, now(), settings().review_memory))


@allocate.route("/repair/<int(max=99):number>", methods=["POST"])
@allow("allocation.run", of=cycles.find)
def repair(cycle: Cycle, number: int) -> Any:
    """Apply one of the repairs that were offered, and propose again."""
    if not ConfirmForm().validate_on_submit():
        return _back(cycle)
    of = request.form.get("of", "")
    return _proposed(cycle, allocating.repair(cycle, number, of, current_user, now(), settings().review_memory))


@allocate.route("/discard", methods=["POST"])
@allow("allocation.run", of=cycles.find)
def discard(cycle: Cycle) -> Any:
    """Forget the proposal."""
    if ConfirmForm().validate_on_submit():
        allocating.discard(cycle, now())
    return _back(cycle)


@allocate.route("/publish", methods=["GET", "POST"])
@allow("allocation.run", of=cycles.find)
def publish(cycle: Cycle) -> Any:
    """Publish the proposal for good, and write to everybody."""
    cycles.require_unfinished(cycle, now())
    before = allocations.standing(cycle.year)
    form, over = PublishForm() if before else FirstPublishForm(), request.values.get("over", "")
    if is_switching_language() or not form.validate_on_submit():
        return render_template("allocate/publish.html", cycle=cycle, form=form, before=before, over=over)
    reason, where = form["reason"].data if before else "", settings().base_url
    try:
        allocating.publish(
            cycle, current_user, reason, now(), memory=settings().review_memory, address=where, over=over
        )
    except (NoProposal, NotYetSubmitted, ProposalOutdated, AllocationBreaksRules) as refused:
        page = "allocate/not_published.html"
        return render_template(page, cycle=cycle, refused=refused, kind=type(refused).__name__, **_words(cycle)), 409
    return _back(cycle, "published")


@allocate.route("/versions/<int(max=9999):number>")
@allow("allocation.run", of=cycles.find)
def version(cycle: Cycle, number: int) -> str:
    """A published version, also one that another has replaced."""
    found = allocation_overview.shown(allocations.version(cycle.year, number))
    latest = allocations.published(cycle.year)[0].number
    return render_template("allocate/version.html", cycle=cycle, shown=found, latest=latest, **_words(cycle))


@allocate.route("/rotation")
@allow("cycle.watch", of=cycles.find)
def rotation(cycle: Cycle) -> str:
    """Which boards have reviewed which, and on which outcomes each was reviewed, in the rounds so far."""
    found = review_rounds.rotation(cycle, settings().review_memory)
    left_out = review_rounds.left_out(cycle.year)
    return render_template("allocate/rotation.html", cycle=cycle, rotation=found, left_out=left_out, **_words(cycle))


def _proposed(cycle: Cycle, answer: Solved | InfeasibilityExplanation) -> Any:
    """The proposal, or the page that says why there is none."""
    if not isinstance(answer, InfeasibilityExplanation):
        return _back(cycle, "proposal")
    page = render_template(
        "allocate/none.html",
        cycle=cycle,
        explanation=answer,
        of=allocating.fingerprint(cycle, settings().review_memory),
        missing=[each.board for each in nominations.of_cycle(cycle) if not each.nominated],
        **_words(cycle),
    )
    return page, 409


def _words(cycle: Cycle) -> Mapping[str, Any]:
    """What the templates speak and draw with."""
    return {**vocabulary(cycles.questionnaire(cycle), places.clusters(), places.boards()), "drawn": ring}


def _nominated(cycle: Cycle) -> list[Cluster]:
    return [each.cluster for each in nominations.all_of(cycle.year)]


def _back(cycle: Cycle, place: str | None = None) -> Any:
    return redirect(url_for("allocate.overview", year=cycle.year, _anchor=place))
