"""Commands for people: invite, give and remove roles, add and remove participants, change one's own details."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db import session, transaction
from app.domain.accounts.email_address import checked_email_address
from app.domain.errors import AlreadyTakesPart, InvalidValue, RecordNotFound, RoleCannotBeRemoved
from app.domain.people.person_name import checked_person_name
from app.domain.people.roles import OF_A_BOARD, OF_A_CLUSTER, Role, hindrance, includes
from app.models import Appointment, Cluster, HealthBoard, Person
from app.services.email.commands import mailer
from app.services.organisations.queries import find_board, find_cluster
from app.services.people.emails import invitation_email, made_deputy_email, made_member_email, removed_email
from app.services.people.queries import require_removable


@dataclass(frozen=True)
class Invitation:
    """A person to invite, their role, and its place: a cluster code or the ODS code of a board."""

    email: str
    name: str
    role: Role
    place: str | None = None
    language: str = "en"
    professional_group: str = ""


def invite_person(invitation: Invitation, *, address: str | None) -> Person:
    """Give a person a role, creating the person if needed; with the site's `address`, e-mail them.

    The roles do not change if the person holds that role, or one that includes it, in that cluster. Raise
    InvalidValue for an e-mail address, name or place that does not fit, RecordNotFound for an unknown place.
    """
    with transaction():
        person = give_role(invitation)[0].person
    if address:
        mailer.send(invitation_email(person, address))
    return person


def remove_role(email: str, role: Role, place: str | None) -> Person:
    """Remove a role from a person, without an e-mail; what they saved stays, under their name.

    Raise RecordNotFound if they do not hold it, RoleCannotBeRemoved if a cluster would have neither lead nor deputy
    or there would be no SPPC staff.
    """
    with transaction():
        lock_roles()
        appointment = _held(checked_email_address(email), role, place)
        if hindered := hindrance(role, by={Role.SPPC}, left=_left_without(appointment)):
            raise RoleCannotBeRemoved(hindered)
        person = appointment.person
        session.delete(appointment)
    return person


def give_role(invitation: Invitation) -> tuple[Appointment, bool]:
    """Give a role in the caller's transaction; return the appointment, and whether it allows more than before.

    A person has one role in a cluster: the new role replaces one that it includes.
    """
    lock_roles()
    wanted = _wanted(invitation)
    person = _known(invitation)
    held = next((each for each in person.appointments if _is_of_the_same(each, wanted)), None)
    if held is None:
        person.appointments.append(wanted)
        return wanted, True
    if includes(held.role, wanted.role):
        return held, False
    held.role = wanted.role
    return held, True


def lock_roles() -> None:
    """Lock all rows of boards, so that one transaction at a time changes people and roles.

    On SQLite the transaction itself locks the database.
    """
    session.execute(select(HealthBoard.ods_code).order_by(HealthBoard.ods_code).with_for_update())


def update_profile(identity: int, *, name: str, professional_group: str, language: str) -> None:
    """Save a person's name, professional group and language; raise InvalidValue if the name is not valid."""
    with transaction():
        person = session.get_one(Person, identity)
        person.name = checked_person_name(name)
        person.professional_group, person.language = professional_group, language


def _held(email: str, role: Role, place: str | None) -> Appointment:
    person: Person | None = session.scalar(select(Person).filter_by(email=email))
    if person is None:
        raise RecordNotFound("person", email)
    for each in person.appointments:
        if (each.role, each.place) == (role, place):
            return each
    held = sorted(_in_words(each.role, each.place) for each in person.appointments)
    raise RecordNotFound("appointment", _in_words(role, place), held)


def _in_words(role: Role, place: str | None) -> str:
    return f"{role} {place}" if place else role


def _left_without(taken: Appointment) -> Sequence[Role]:
    """Return the roles of the other appointments in the same cluster or board, or without either."""
    of_the_same = select(Appointment.role).filter_by(cluster_id=taken.cluster_id, board_code=taken.board_code)
    return session.scalars(of_the_same.where(Appointment.id != taken.id)).all()


def _wanted(invitation: Invitation) -> Appointment:
    role, place = invitation.role, invitation.place
    if role not in (*OF_A_CLUSTER, *OF_A_BOARD):
        if place:
            raise InvalidValue("place_not_needed", place)
        return Appointment(role=role)
    if not place:
        raise InvalidValue("place_needed", role)
    if role in OF_A_BOARD:
        return Appointment(role=role, board_code=find_board(place).ods_code)
    return Appointment(role=role, cluster_id=find_cluster(place).id)


def _known(invitation: Invitation) -> Person:
    """Return the person with that e-mail address, or create them from the invitation."""
    email, name = checked_email_address(invitation.email), checked_person_name(invitation.name)
    person = session.scalar(select(Person).filter_by(email=email))
    if person is None:
        person = Person(
            email=email,
            name=name,
            language=invitation.language,
            professional_group=invitation.professional_group,
        )
        session.add(person)
    return person


def _is_of_the_same(one: Appointment, other: Appointment) -> bool:
    """Return whether both are in the same cluster or, without a cluster, have the same role and board."""
    if one.cluster_id or other.cluster_id:
        return one.cluster_id == other.cluster_id
    return (one.role, one.board_code) == (other.role, other.board_code)


def add_participant(invitation: Invitation, *, address: str) -> Appointment:
    """Give a person a role in a cluster and e-mail them; an existing person keeps their name, group and language.

    Raise AlreadyTakesPart if they hold that role there or one that includes it; InvalidValue and RecordNotFound as
    `invite_person`.
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
    """Make a member a deputy or a deputy a member, and e-mail them; do nothing if they have that role.

    `identity` is the id of the appointment. Raise RoleAlreadyRemoved if it is gone, RoleCannotBeRemoved.
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
    """Delete an appointment (its id) in a cluster and e-mail the person; what they saved stays, with their name.

    Raise RoleAlreadyRemoved if it is gone, RoleCannotBeRemoved.
    """
    with transaction():
        lock_roles()
        appointment = require_removable(cluster, identity, None, by)
        person = appointment.person
        session.delete(appointment)
    mailer.send(removed_email(person, cluster))
