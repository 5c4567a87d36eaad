"""Queries for people: the people of a cluster, SPPC staff, and which roles can be removed."""

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
    """An appointment in a cluster, and whether the person who views the list can remove it."""

    appointment: Appointment
    can_be_taken: bool


def people_of_cluster(cluster_id: int, roles: Collection[Role]) -> Sequence[Person]:
    """Return the people who hold one of these roles in a cluster, by id."""
    query = select(Person).join(Appointment).where(Appointment.role.in_(roles), Appointment.cluster_id == cluster_id)
    return session.scalars(query.order_by(Person.id)).unique().all()


def find_staff(email: str) -> Person:
    """Return the member of SPPC staff with that e-mail address.

    Raise RecordNotFound if there is none, InvalidValue if it is not an e-mail address.
    """
    found: Person | None = session.scalar(select(Person).filter_by(email=checked_email_address(email)))
    if found and found.holds(Role.SPPC):
        return found
    raise RecordNotFound("staff", email)


def list_participants(cluster: Cluster, by: Person) -> list[Participant]:
    """Return the people of a cluster for a viewer who may change the list: lead, deputies, members, each by name."""
    held, roles = appointments_of_cluster(cluster), roles_for(by, cluster)
    return [Participant(each, removal_obstacle(each, held, roles) is None) for each in held]


def removable_participants(cluster: Cluster, identity: int, by: Person) -> Appointment:
    """Return the appointment to remove (its id); raise RoleAlreadyRemoved if it is gone, RoleCannotBeRemoved."""
    return require_removable(cluster, identity, None, by)


def appointments_of_cluster(cluster: Cluster) -> list[Appointment]:
    """Return the appointments of a cluster: lead, deputies, members, each by name."""
    query = select(Appointment).filter_by(cluster_id=cluster.id).options(joinedload(Appointment.person))
    return sorted(
        session.scalars(query), key=lambda each: (-REACH.index(each.role), each.person.name.casefold(), each.id)
    )


def require_removable(cluster: Cluster, identity: int, given: Role | None, by: Person) -> Appointment:
    """Return the appointment (its id) if `by` may remove it or replace its role by `given`.

    Raise RoleAlreadyRemoved if it is gone, RoleCannotBeRemoved otherwise.
    """
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
    """Return why a role cannot be removed, or replaced by `given`; None if it can."""
    left = [each.role for each in held if each is not taken] + ([given] if given else [])
    return hindrance(taken.role, by=by, left=left)
