"""The people of the journeys, one in each role."""

from app.domain.people.roles import Role
from app.services.people.commands import Invitation

LEAD, DEPUTY, MEMBER, STRANGER, OFFICER, OTHER_OFFICER, STAFF, NOBODY = (
    "lead@example.wales",
    "deputy@example.wales",
    "member@example.wales",
    "stranger@example.wales",
    "officer@example.wales",
    "other.officer@example.wales",
    "staff@example.wales",
    None,
)

EVERYBODY = (NOBODY, LEAD, DEPUTY, MEMBER, STRANGER, OFFICER, OTHER_OFFICER, STAFF)

PEOPLE = [
    Invitation(LEAD, "Llinos Lead", Role.LEAD, "north-powys"),
    Invitation(DEPUTY, "Dewi Deputy", Role.DEPUTY, "north-powys"),
    Invitation(MEMBER, "Megan Member", Role.MEMBER, "north-powys"),
    Invitation(STRANGER, "Ron Rhondda", Role.LEAD, "rhondda"),
    Invitation(OFFICER, "Owain Officer", Role.OFFICER, "7A7"),
    Invitation(OTHER_OFFICER, "Olwen Officer", Role.OFFICER, "7A5"),
    Invitation(STAFF, "Sam Staff", Role.SPPC),
]
