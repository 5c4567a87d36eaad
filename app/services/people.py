"""Who may take part, and as what."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import session, transaction
from app.domain.address import checked
from app.domain.refusals import Invalid
from app.domain.roles import OF_A_BOARD, OF_A_CLUSTER, Role
from app.models import Appointment, Person
from app.services import letters, places
from app.services.post import post

LONGEST_NAME = 200


@dataclass(frozen=True)
class Invitation:
    """Who is invited, to what role, for which cluster (its code) or board (its ODS code)."""

    email: str
    name: str
    role: Role
    place: str | None = None
    language: str = "en"
    professional_group: str = ""


def invite(invitation: Invitation, *, address: str | None) -> Person:
    """Give a person a role, make them known if they are not, and write to them when the site's `address` is given.

    Invited again to the same role, nothing changes. Invalid or Unknown say what cannot be.
    """
    email = checked(invitation.email)
    if not 0 < len(invitation.name.strip()) <= LONGEST_NAME:
        raise Invalid("name", invitation.name)
    with transaction():
        appointment = _appointment(invitation)
        person = session.scalar(select(Person).filter_by(email=email))
        if person is None:
            person = Person(
                email=email,
                name=invitation.name,
                language=invitation.language,
                professional_group=invitation.professional_group,
            )
            session.add(person)
        if not any(_same(appointment, held) for held in person.appointments):
            person.appointments.append(appointment)
    if address:
        post.send(letters.invitation(person, f"{address}/{person.language}/"))
    return person


def _appointment(invitation: Invitation) -> Appointment:
    if invitation.role in OF_A_CLUSTER:
        return Appointment(role=invitation.role, cluster_id=places.find_cluster(invitation.place or "").id)
    if invitation.role in OF_A_BOARD:
        return Appointment(role=invitation.role, board_code=places.find_board(invitation.place or "").ods_code)
    if invitation.place:
        raise Invalid("place_not_needed", invitation.place)
    return Appointment(role=invitation.role)


def _same(one: Appointment, other: Appointment) -> bool:
    return (one.role, one.cluster_id, one.board_code) == (other.role, other.cluster_id, other.board_code)
