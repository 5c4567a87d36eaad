"""The people of a cluster, SPPC staff, and who can be removed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.domain.accounts.email_address import checked_email_address
from app.domain.errors import RecordNotFound, RoleAlreadyRemoved, RoleCannotBeRemoved
from app.domain.people.roles import REACH, RemovalObstacle, Role, hindrance
from app.models import Appointment, Cluster, Person
from app.permissions import roles_for


@dataclass(frozen=True)
class Participant:
    """Somebody of a cluster, and whether their role can be taken away by the person who looks."""

    appointment: Appointment
    can_be_taken: bool


def people_of_cluster(cluster_id: int, roles: Collection[Role]) -> Sequence[Person]:
    """The people who hold one of these roles in a cluster."""
    query = select(Person).join(Appointment).where(Appointment.role.in_(roles), Appointment.cluster_id == cluster_id)
    return session.scalars(query.order_by(Person.id)).unique().all()


def find_staff(email: str) -> Person:
    """The member of staff of SPPC with that address.

    RecordNotFound when there is none, InvalidValue when it cannot be one.
    """
    found: Person | None = session.scalar(select(Person).filter_by(email=checked_email_address(email)))
    if found and found.holds(Role.SPPC):
        return found
    raise RecordNotFound("staff", email)


def list_participants(cluster: Cluster, by: Person) -> list[Participant]:
    """The people of a cluster, as somebody sees them who may change the list: lead, deputies, members, each by name."""
    held, roles = appointments_of_cluster(cluster), roles_for(by, cluster)
    return [Participant(each, removal_obstacle(each, held, roles) is None) for each in held]


def removable_participants(cluster: Cluster, identity: int, by: Person) -> Appointment:
    """The appointment that is to be taken away; RoleAlreadyRemoved or RoleCannotBeRemoved when it cannot be."""
    return require_removable(cluster, identity, None, by)


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
