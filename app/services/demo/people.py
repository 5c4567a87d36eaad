"""The invented people of the demonstration."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.db import session
from app.domain.people.roles import Role
from app.models import Cluster, HealthBoard, Person, Reflection
from app.services.people.commands import Invitation, invite_person
from app.services.people.queries import people_of_cluster

DOMAIN = "example.wales"
SPPC_ADDRESS = f"sppc@{DOMAIN}"

PERSONAS = (
    *("lead.north-powys", "deputy.north-powys", "member.north-powys", "nurse.north-powys"),
    *("lead.rhondda", "member.rhondda", "officer.7a7", "sppc"),
)
"""Local parts of the addresses that a visitor can sign in as: every role, and several people in two clusters."""

MEMBERS = (
    ("member.north-powys", "Megan Member", "north-powys", "community_pharmacy"),
    ("nurse.north-powys", "Nia Nurse", "north-powys", "community_nursing"),
    ("optometrist.north-powys", "Owen Optometrist", "north-powys", "optometry"),
    ("dentist.north-powys", "Delyth Dentist", "north-powys", "dentistry"),
    ("therapist.north-powys", "Tomos Therapist", "north-powys", "allied_health_professions"),
    ("council.north-powys", "Catrin Council", "north-powys", "social_care"),
    ("volunteer.north-powys", "Vaughan Volunteer", "north-powys", "third_sector"),
    ("member.rhondda", "Rhian Member", "rhondda", "community_pharmacy"),
    ("nurse.rhondda", "Nerys Nurse", "rhondda", "community_nursing"),
    ("doctor.rhondda", "Dafydd Doctor", "rhondda", "general_practice"),
    ("volunteer.rhondda", "Vera Volunteer", "rhondda", "third_sector"),
)
"""Invented members: address, name, cluster, professional group."""


@dataclass(frozen=True)
class Persona:
    """An invented person to sign in as, with their role and its cluster or board (None for SPPC staff)."""

    person: Person
    role: Role
    place: Any


def invite_demonstration_people() -> None:
    """Invite an officer for each board, a lead for each cluster, some members and staff, without e-mails."""
    invitations = [
        Invitation(f"officer.{code.lower()}@{DOMAIN}", f"Officer, {name}", Role.OFFICER, code)
        for code, name in session.execute(
            select(HealthBoard.ods_code, HealthBoard.short_en).order_by(HealthBoard.ods_code)
        )
    ]
    invitations += [
        Invitation(f"lead.{code}@{DOMAIN}", f"Lead, {name}", Role.LEAD, code, professional_group="general_practice")
        for code, name in session.execute(select(Cluster.code, Cluster.name_en).order_by(Cluster.code))
    ]
    invitations.append(Invitation(f"staff@{DOMAIN}", "Steffan Staff", Role.SPPC))
    invitations.append(Invitation(f"deputy.north-powys@{DOMAIN}", "Dewi Deputy", Role.DEPUTY, "north-powys"))
    invitations += [
        Invitation(f"{who}@{DOMAIN}", name, Role.MEMBER, cluster, professional_group=group)
        for who, name, cluster, group in MEMBERS
    ]
    for invitation in invitations:
        invite_person(invitation, address=None)


def demonstration_person(key: str) -> Person:
    """Return the invented person by the local part of their address, such as "staff" or "lead.rhondda"."""
    return session.scalars(select(Person).filter_by(email=f"{key}@{DOMAIN}")).one()


def lead_of(reflection: Reflection) -> Person:
    """Return the lead of a reflection's cluster."""
    return lead_of_cluster(reflection.cluster_id)


def lead_of_cluster(cluster_id: int) -> Person:
    """Return the lead of a cluster."""
    return people_of_cluster(cluster_id, {Role.LEAD})[0]
