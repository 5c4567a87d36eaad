"""Keeps what somebody typed while their session ended, until they sign in again and take it back.

A form carries its writer's pen: a signed word for who was writing. So the words go back to that person
only, whoever signs in next in the same browser, and nobody else can leave anything here.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, delete, select

from app.db import session, transaction
from app.models import Person, StashedForm

MAXIMUM_STASHED_FORMS, MAXIMUM_STASHED_BYTES = 10, 1_000_000
"""Forms of one person, and bytes of all of them: more than anybody types, and too few to fill a disk."""
AUTHOR_TOKEN_VALID_FOR = timedelta(hours=24)
"""Twice as long as a session: a page that was opened before is not that of somebody who still writes."""


def author_token(person: Person, keys: Sequence[str], now: datetime) -> str:
    """The signed word for a person and for when it was made, by the newest of the keys."""
    return _signer(keys).dumps([person.id, int(now.timestamp())])


def author_of_token(pen: str, keys: Sequence[str], now: datetime) -> Person | None:
    """Whose pen it is, by any of the keys; None when it was tampered with or is too old."""
    try:
        identity, made_at = _signer(keys).loads(pen)
        is_too_old = now >= datetime.fromtimestamp(made_at, UTC) + AUTHOR_TOKEN_VALID_FOR
    except (BadSignature, TypeError, ValueError):  # before pens had a moment, the person alone was signed
        return None
    return None if is_too_old else session.get(Person, identity)


def stash_form(person: Person, page: str, fields: Iterable[tuple[str, str]], now: datetime) -> bool:
    """Keep a form for its writer, and tell whether it is kept; the same form sent twice is kept once.

    It is not when there would be more than `MAXIMUM_STASHED_FORMS` forms or `MAXIMUM_STASHED_BYTES` bytes: what was
    kept before stays.
    """
    typed = [list(field) for field in fields]
    with transaction():
        session.execute(select(Person.id).filter_by(id=person.id).with_for_update())  # one form at a time
        kept = session.scalars(stashed_forms_of(person)).all()
        if any(each.page == page and each.fields == typed for each in kept):
            return True
        if (
            len(kept) >= MAXIMUM_STASHED_FORMS
            or _size(typed) + sum(_size(each.fields) for each in kept) > MAXIMUM_STASHED_BYTES
        ):
            return False
        session.add(StashedForm(person_id=person.id, page=page, fields=typed, kept_at=now))
        return True


def find_stashed_form(person: Person, page: str) -> StashedForm | None:
    """The newest form that is kept for a person and a page."""
    return session.scalar(stashed_forms_of(person).filter_by(page=page).limit(1))


def discard_stashed_form(person: Person, identity: int) -> None:
    """Forget a kept form: its words are saved, or its writer does not want them. What is not theirs stays."""
    with transaction():
        session.execute(delete(StashedForm).filter_by(id=identity, person_id=person.id))


def stashed_forms_of(person: Person) -> Select[StashedForm]:
    """The query for the forms that are stashed for a person, the newest first."""
    return select(StashedForm).filter_by(person_id=person.id).order_by(StashedForm.id.desc())


def _size(fields: list[list[str]]) -> int:
    """How many bytes they take in the database."""
    return len(json.dumps(fields))


def _signer(keys: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="pen")
