"""The people of a cluster: who takes part; add somebody, name a deputy, take somebody off."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import AlreadyTakesPart, RoleAlreadyRemoved, RoleCannotBeRemoved
from app.domain.people.roles import Role, appointable
from app.forms.accounts import ConfirmForm
from app.forms.people import ROLE_NAMES, AddPersonForm
from app.forms.submitted_fields import is_switching_language
from app.models import Cluster
from app.permissions import allow, may, roles_for
from app.services.organisations.queries import find_cluster
from app.services.people.commands import Invitation, add_participant, change_participant_role, remove_participant
from app.services.people.queries import list_participants, removable_participants
from app.services.survey.queries import list_professional_groups
from app.views.context import settings
from app.views.people import blueprint

PATH = "/clusters/<code>/people"
HELD = "/<int(max=2147483647):held>"


@blueprint.route(f"{PATH}/")
@allow("cluster.people", of=find_cluster)
def people(cluster: Cluster) -> str:
    """Who takes part and as what; never whether or when they answered or signed in."""
    return render_template(
        "people/people.html",
        cluster=cluster,
        everybody=list_participants(cluster, current_user),
        groups={group.code: group.label for group in list_professional_groups()},
        role_names=ROLE_NAMES,
    )


@blueprint.route(f"{PATH}/add", methods=["GET", "POST"])
@allow("cluster.people", of=find_cluster)
def add(cluster: Cluster) -> Any:
    """Let somebody take part and write to them."""
    form = AddPersonForm(appointable(roles_for(current_user, cluster)), list_professional_groups())
    if is_switching_language() or not form.validate_on_submit():
        return render_template("people/add.html", cluster=cluster, form=form)
    try:
        added = add_participant(_invitation(form, cluster), address=settings().base_url)
    except AlreadyTakesPart as refused:
        form.say_who_takes_part_already(refused.held.person.name, refused.held.role)
        return render_template("people/add.html", cluster=cluster, form=form)
    return redirect(url_for("people.people", code=cluster.code, _anchor=f"held-{added.id}"))


@blueprint.route(f"{PATH}{HELD}/<any(deputy, member):role>", methods=["GET", "POST"])
@allow("cluster.people", of=find_cluster)
def change_role(cluster: Cluster, held: int, role: str) -> Any:
    """Make a member a deputy, or a deputy a member again; the address alone only leads to the list."""
    if ConfirmForm().validate_on_submit():
        change_participant_role(cluster, held, Role(role), current_user, address=settings().base_url)
    return _back_to_list(cluster, _anchor=f"held-{held}")


@blueprint.route(f"{PATH}{HELD}/remove", methods=["GET", "POST"])
@allow("cluster.people", of=find_cluster)
def remove(cluster: Cluster, held: int) -> Any:
    """Ask whether it is meant, then take somebody off the list."""
    form = ConfirmForm()
    if is_switching_language() or not form.validate_on_submit():
        leaving = removable_participants(cluster, held, current_user)
        return render_template("people/remove.html", cluster=cluster, leaving=leaving, role_names=ROLE_NAMES, form=form)
    remove_participant(cluster, held, current_user)
    return _back_to_list(cluster)


@blueprint.errorhandler(RoleAlreadyRemoved)
def already_removed(_refused: RoleAlreadyRemoved) -> tuple[str, int]:
    """The person was removed before, by somebody else or by a double press."""
    return render_template("people/already_removed.html", **_where()), 404


@blueprint.errorhandler(RoleCannotBeRemoved)
def cannot_remove(refused: RoleCannotBeRemoved) -> tuple[str, int]:
    """Why the role cannot be taken away, and what can be done instead."""
    return render_template("people/cannot_remove.html", hindrance=refused.hindrance, **_where()), 409


def _where() -> dict[str, Cluster]:
    return {"cluster": find_cluster((request.view_args or {})["code"])}


def _back_to_list(cluster: Cluster, **more: Any) -> Any:
    """The list, or the start page for somebody who has just given up their own role."""
    if not may("cluster.people", current_user, cluster):
        return redirect(url_for("site.start"))
    return redirect(url_for("people.people", code=cluster.code, **more))


def _invitation(form: AddPersonForm, cluster: Cluster) -> Invitation:
    return Invitation(
        email=form["email"].data,
        name=form["name"].data,
        role=Role(form["role"].data),
        place=cluster.code,
        language=form["language"].data,
        professional_group=form["professional_group"].data or "",
    )
