"""Fixtures for journeys over HTTP."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.services.cycle.commands import open_cycle
from app.services.people.commands import invite_person
from tests.support.application import CLOSES, OPENS
from tests.support.journey_people import PEOPLE
from tests.support.visitor import Visitor


@pytest.fixture
def peopled(app: Flask) -> Flask:
    """Return the application with an open cycle and a person in each role."""
    with app.app_context():
        open_cycle(2026, OPENS, CLOSES)
        for invitation in PEOPLE:
            invite_person(invitation, address=None)
    return app


@pytest.fixture
def visitor(peopled: Flask, tmp_path) -> Callable[..., Visitor]:
    """Return a function that makes a visitor, signed in if an e-mail address is given."""

    def make(email: str | None = None, language: str = "en") -> Visitor:
        made = Visitor(peopled, tmp_path / "letters", language)
        if email:
            made.sign_in(email)
        return made

    return make
