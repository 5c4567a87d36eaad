"""Visitors for the journeys."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.people.roles import Role
from app.services.cycle.commands import open_cycle
from app.services.people.commands import Invitation, invite_person
from tests.conftest import CLOSES, OPENS
from tests.visitor import Visitor

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


@pytest.fixture
def peopled(app: Flask) -> Flask:
    """An application with an open cycle and one person of each kind."""
    with app.app_context():
        open_cycle(2026, OPENS, CLOSES)
        for invitation in PEOPLE:
            invite_person(invitation, address=None)
    return app


@pytest.fixture
def visitor(peopled: Flask, tmp_path) -> Callable[..., Visitor]:
    """Makes a visitor, signed in when an address is given."""

    def make(email: str | None = None, language: str = "en") -> Visitor:
        made = Visitor(peopled, tmp_path / "letters", language)
        if email:
            made.sign_in(email)
        return made

    return make
