"""Invite people, give and take roles, add and remove participants, change own details."""

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
    """Who is invited, to what role, for which cluster (its code) or board (its ODS code)."""

    email: str
    name: str
    role: Role
    place: str | None = None
    language: str = "en"
    professional_group: str = ""


def invite_person(invitation: Invitation, *, address: str | None) -> Person:
    """Give a person a role, make them known if they are not, and write to them when the site's `address` is given.

    Invited again to a role, or to less than they hold in that cluster, nothing changes.
    InvalidValue or RecordNotFound say what cannot be.
    """
    with transaction():
        person = give_role(invitation)[0].person
    if address:
        mailer.send(invitation_email(person, address))
    return person


def remove_role(email: str, role: Role, place: str | None) -> Person:
    """Take a role from a person, without an e-mail; what they saved stays, under their name.

    RecordNotFound when they do not hold it; RoleCannotBeRemoved when a cluster would be left without anybody to record,
    or Wales without staff.
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
    """In the caller's transaction: the appointment that the person then has, and whether it allows more than before.

    In one cluster a person has one role: what is given takes the place of what allowed less.
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
    """Let one at a time change who is known and holds which role, by the rows of the boards.

    On SQLite the transaction itself does that.
    """
    session.execute(select(HealthBoard.ods_code).order_by(HealthBoard.ods_code).with_for_update())


def update_profile(identity: int, *, name: str, professional_group: str, language: str) -> None:
    """Save a person's name, professional group and language of e-mails. InvalidValue when the name is not valid."""
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
    """The roles that others hold in the same place."""
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
    """The person of that e-mail address, as they are known already or as they are invited."""
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
    """Whether both are in the same cluster, or both the same role elsewhere."""
    if one.cluster_id or other.cluster_id:
        return one.cluster_id == other.cluster_id
    return (one.role, one.board_code) == (other.role, other.board_code)


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
