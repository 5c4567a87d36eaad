"""The stashed forms of a person."""

from sqlalchemy import Select, select

from app.db import session
from app.models import Person, StashedForm


def find_stashed_form(person: Person, page: str) -> StashedForm | None:
    """Return the newest form that is stashed for a person and a page, None where there is none."""
    return session.scalar(stashed_forms_of(person).filter_by(page=page).limit(1))


def stashed_forms_of(person: Person) -> Select[StashedForm]:
    """The query for the forms that are stashed for a person, the newest first."""
    return select(StashedForm).filter_by(person_id=person.id).order_by(StashedForm.id.desc())
