"""Stash a form whose session had ended, and discard it once it is saved."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from app.db import session, transaction
from app.domain.saving.rules import MAXIMUM_STASHED_BYTES, MAXIMUM_STASHED_FORMS
from app.models import Person, StashedForm
from app.services.saving.queries import stashed_forms_of


def stash_form(person: Person, page: str, fields: Iterable[tuple[str, str]], now: datetime) -> bool:
    """Store a form (field names and values) for its author; an equal form is not stored again.

    Return False, and store nothing, if the author would have more than MAXIMUM_STASHED_FORMS forms or
    MAXIMUM_STASHED_BYTES bytes.
    """
    typed = [list(field) for field in fields]
    with transaction():
        session.execute(select(Person.id).filter_by(id=person.id).with_for_update())  # one request counts at a time
        kept = session.scalars(stashed_forms_of(person)).all()
        if any(each.page == page and each.fields == typed for each in kept):
            return True
        if (
            len(kept) >= MAXIMUM_STASHED_FORMS
            or _size(typed) + sum(_size(each.fields) for each in kept) > MAXIMUM_STASHED_BYTES
        ):
            return False
        session.add(StashedForm(person_id=person.id, page=page, fields=typed, stashed_at=now))
        return True


def discard_stashed_form(person: Person, identity: int) -> None:
    """Delete a stashed form (its id) of this person, in a transaction of its own, if it exists."""
    with transaction():
        session.execute(delete(StashedForm).filter_by(id=identity, person_id=person.id))


def _size(fields: list[list[str]]) -> int:
    """Return the length of the fields as JSON; escaped to ASCII, so that one character is one byte."""
    return len(json.dumps(fields))
