"""The people of a cluster: list them, add a person, change a role, remove a person."""

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
    """Show the people and their roles; never whether or when they answered or signed in."""
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
    """Ask for a person and their role, add them and e-mail them."""
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
    """Make a member a deputy, or a deputy a member; a GET only redirects to the list."""
    if ConfirmForm().validate_on_submit():
        change_participant_role(cluster, held, Role(role), current_user, address=settings().base_url)
    return _back_to_list(cluster, _anchor=f"held-{held}")


@blueprint.route(f"{PATH}{HELD}/remove", methods=["GET", "POST"])
@allow("cluster.people", of=find_cluster)
def remove(cluster: Cluster, held: int) -> Any:
    """Ask for confirmation, then remove a person's role."""
    form = ConfirmForm()
    if is_switching_language() or not form.validate_on_submit():
        leaving = removable_participants(cluster, held, current_user)
        return render_template("people/remove.html", cluster=cluster, leaving=leaving, role_names=ROLE_NAMES, form=form)
    remove_participant(cluster, held, current_user)
    return _back_to_list(cluster)


@blueprint.errorhandler(RoleAlreadyRemoved)
def already_removed(_refused: RoleAlreadyRemoved) -> tuple[str, int]:
    """Say that the role was removed before, by somebody else or by a double click."""
    return render_template("people/already_removed.html", **_where()), 404


@blueprint.errorhandler(RoleCannotBeRemoved)
def cannot_remove(refused: RoleCannotBeRemoved) -> tuple[str, int]:
    """Say why the role cannot be removed, and what to do instead."""
    return render_template("people/cannot_remove.html", hindrance=refused.hindrance, **_where()), 409


def _where() -> dict[str, Cluster]:
    return {"cluster": find_cluster((request.view_args or {})["code"])}


def _back_to_list(cluster: Cluster, **more: Any) -> Any:
    """Redirect to the list, or to the start page if the user has just removed their own role."""
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
