"""Queries for the stashed forms of a person."""

from sqlalchemy import Select, select

from app.db import session
from app.models import Person, StashedForm


def find_stashed_form(person: Person, page: str) -> StashedForm | None:
    """Return the newest stashed form of a person for a page (its path without the language), or None."""
    return session.scalar(stashed_forms_of(person).filter_by(page=page).limit(1))


def stashed_forms_of(person: Person) -> Select[StashedForm]:
    """Return the query for a person's stashed forms, newest first."""
    return select(StashedForm).filter_by(person_id=person.id).order_by(StashedForm.id.desc())
