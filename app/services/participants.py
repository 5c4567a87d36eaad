"""Who takes part in a cluster: the list, who is added, becomes a deputy or a member again, is taken off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session, transaction
from app.domain.refusals import AlreadyTakesPart, RoleAlreadyRemoved, RoleCannotBeRemoved
from app.domain.roles import REACH, RemovalObstacle, Role, hindrance
from app.models import Appointment, Cluster, Person
from app.permissions import roles_for
from app.services import letters
from app.services.people import Invitation, give, lock
from app.services.post import post


@dataclass(frozen=True)
class Participant:
    """Somebody of a cluster, and whether their role can be taken away by the person who looks."""

    appointment: Appointment
    can_be_taken: bool


def everybody(cluster: Cluster, by: Person) -> list[Participant]:
    """The people of a cluster, as somebody sees them who may change the list: lead, deputies, members, each by name."""
    held, roles = _appointments(cluster), roles_for(by, cluster)
    return [Participant(each, _hindrance(each, held, roles) is None) for each in held]


def removable(cluster: Cluster, identity: int, by: Person) -> Appointment:
    """The appointment that is to be taken away; RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be."""
    return _takeable(cluster, identity, None, by)


def add(invitation: Invitation, *, address: str) -> Appointment:
    """Let somebody take part in a cluster, or do more there than before, and write to them.

    A person who is known keeps the name, group and language they have. AlreadyTakesPart when
    they hold that role or one that includes it; InvalidValue or RecordNotFound say what cannot be.
    """
    with transaction():
        appointment, is_more = give(invitation)
        if not is_more:
            raise AlreadyTakesPart(appointment)
    if appointment.role is Role.DEPUTY:
        post.send(letters.made_deputy(appointment, address))
    else:
        post.send(letters.invitation(appointment.person, address))
    return appointment


def change_role(cluster: Cluster, identity: int, role: Role, by: Person, *, address: str) -> Appointment:
    """Make a member a deputy, or a deputy a member again, and write to them; when they are that already, nothing.

    RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be.
    """
    with transaction():
        lock()
        appointment = _takeable(cluster, identity, role, by)
        changes = appointment.role is not role
        appointment.role = role
    if changes:
        write = letters.made_deputy if role is Role.DEPUTY else letters.made_member
        post.send(write(appointment, address))
    return appointment


def remove(cluster: Cluster, identity: int, by: Person) -> None:
    """Take a role in a cluster away and write to who held it; what they saved stays, with their name.

    RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be.
    """
    with transaction():
        lock()
        appointment = _takeable(cluster, identity, None, by)
        person = appointment.person
        session.delete(appointment)
    post.send(letters.removed(person, cluster))


def _appointments(cluster: Cluster) -> list[Appointment]:
    """The roles held in a cluster, those that may do most first, then by name."""
    query = select(Appointment).filter_by(cluster_id=cluster.id).options(joinedload(Appointment.person))
    return sorted(
        session.scalars(query), key=lambda each: (-REACH.index(each.role), each.person.name.casefold(), each.id)
    )


def _takeable(cluster: Cluster, identity: int, given: Role | None, by: Person) -> Appointment:
    """The appointment, when it can be taken away and `given` put in its place."""
    held = _appointments(cluster)
    found = next((each for each in held if each.id == identity), None)
    if found is None:
        raise RoleAlreadyRemoved
    if hindered := _hindrance(found, held, roles_for(by, cluster), given):
        raise RoleCannotBeRemoved(hindered)
    return found


def _hindrance(
    taken: Appointment, held: Sequence[Appointment], by: Collection[Role], given: Role | None = None
) -> RemovalObstacle | None:
    """Why a role cannot be taken away, with `given` put in its place; None when it can."""
    left = [each.role for each in held if each is not taken] + ([given] if given else [])
    return hindrance(taken.role, by=by, left=left)
