"""Who takes part in a cluster: the list, who is added, becomes a deputy or a member again, is taken off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session, transaction
from app.domain.errors import AlreadyTakesPart, RoleAlreadyRemoved, RoleCannotBeRemoved
from app.domain.people.roles import REACH, RemovalObstacle, Role, hindrance
from app.models import Appointment, Cluster, Person
from app.permissions import roles_for
from app.services.email.message import invitation_email, made_deputy_email, made_member_email, removed_email
from app.services.email.transport import mailer
from app.services.people.commands import Invitation, give_role, lock_roles


@dataclass(frozen=True)
class Participant:
    """Somebody of a cluster, and whether their role can be taken away by the person who looks."""

    appointment: Appointment
    can_be_taken: bool


def list_participants(cluster: Cluster, by: Person) -> list[Participant]:
    """The people of a cluster, as somebody sees them who may change the list: lead, deputies, members, each by name."""
    held, roles = appointments_of_cluster(cluster), roles_for(by, cluster)
    return [Participant(each, removal_obstacle(each, held, roles) is None) for each in held]


def removable_participants(cluster: Cluster, identity: int, by: Person) -> Appointment:
    """The appointment that is to be taken away; RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be."""
    return require_removable(cluster, identity, None, by)


def add_participant(invitation: Invitation, *, address: str) -> Appointment:
    """Let somebody take part in a cluster, or do more there than before, and write to them.

    A person who is known keeps the name, group and language they have. AlreadyTakesPart when
    they hold that role or one that includes it; InvalidValue or RecordNotFound say what cannot be.
    """
    with transaction():
        appointment, is_more = give_role(invitation)
        if not is_more:
            raise AlreadyTakesPart(appointment)
    if appointment.role is Role.DEPUTY:
        mailer.send(made_deputy_email(appointment, address))
    else:
        mailer.send(invitation_email(appointment.person, address))
    return appointment


def change_participant_role(cluster: Cluster, identity: int, role: Role, by: Person, *, address: str) -> Appointment:
    """Make a member a deputy, or a deputy a member again, and write to them; when they are that already, nothing.

    RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be.
    """
    with transaction():
        lock_roles()
        appointment = require_removable(cluster, identity, role, by)
        changes = appointment.role is not role
        appointment.role = role
    if changes:
        write = made_deputy_email if role is Role.DEPUTY else made_member_email
        mailer.send(write(appointment, address))
    return appointment


def remove_participant(cluster: Cluster, identity: int, by: Person) -> None:
    """Take a role in a cluster away and write to who held it; what they saved stays, with their name.

    RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be.
    """
    with transaction():
        lock_roles()
        appointment = require_removable(cluster, identity, None, by)
        person = appointment.person
        session.delete(appointment)
    mailer.send(removed_email(person, cluster))


def appointments_of_cluster(cluster: Cluster) -> list[Appointment]:
    """The roles held in a cluster, those that may do most first, then by name."""
    query = select(Appointment).filter_by(cluster_id=cluster.id).options(joinedload(Appointment.person))
    return sorted(
        session.scalars(query), key=lambda each: (-REACH.index(each.role), each.person.name.casefold(), each.id)
    )


def require_removable(cluster: Cluster, identity: int, given: Role | None, by: Person) -> Appointment:
    """The appointment, when it can be taken away and `given` put in its place."""
    held = appointments_of_cluster(cluster)
    found = next((each for each in held if each.id == identity), None)
    if found is None:
        raise RoleAlreadyRemoved
    if hindered := removal_obstacle(found, held, roles_for(by, cluster), given):
        raise RoleCannotBeRemoved(hindered)
    return found


def removal_obstacle(
    taken: Appointment, held: Sequence[Appointment], by: Collection[Role], given: Role | None = None
) -> RemovalObstacle | None:
    """Why a role cannot be taken away, with `given` put in its place; None when it can."""
    left = [each.role for each in held if each is not taken] + ([given] if given else [])
    return hindrance(taken.role, by=by, left=left)
