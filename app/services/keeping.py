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

MOST_KEPT, MOST_STORED = 10, 1_000_000
"""Forms of one person, and bytes of all of them: more than anybody types, and too few to fill a disk."""
PEN_LASTS = timedelta(hours=24)
"""Twice as long as a session: a page that was opened before is not that of somebody who still writes."""


def pen(person: Person, keys: Sequence[str], now: datetime) -> str:
    """The signed word for a person and for when it was made, by the newest of the keys."""
    return _signer(keys).dumps([person.id, int(now.timestamp())])


def writer(pen: str, keys: Sequence[str], now: datetime) -> Person | None:
    """Whose pen it is, by any of the keys; None when it was tampered with or is too old."""
    try:
        identity, made_at = _signer(keys).loads(pen)
        is_too_old = now >= datetime.fromtimestamp(made_at, UTC) + PEN_LASTS
    except (BadSignature, TypeError, ValueError):  # before pens had a moment, the person alone was signed
        return None
    return None if is_too_old else session.get(Person, identity)


def keep(person: Person, page: str, fields: Iterable[tuple[str, str]], now: datetime) -> bool:
    """Keep a form for its writer, and tell whether it is kept; the same form sent twice is kept once.

    It is not when there would be more than `MOST_KEPT` forms or `MOST_STORED` bytes: what was kept before stays.
    """
    typed = [list(field) for field in fields]
    with transaction():
        session.execute(select(Person.id).filter_by(id=person.id).with_for_update())  # one form at a time
        kept = session.scalars(_of(person)).all()
        if any(each.page == page and each.fields == typed for each in kept):
            return True
        if len(kept) >= MOST_KEPT or _size(typed) + sum(_size(each.fields) for each in kept) > MOST_STORED:
            return False
        session.add(StashedForm(person_id=person.id, page=page, fields=typed, kept_at=now))
        return True


def kept(person: Person, page: str) -> StashedForm | None:
    """The newest form that is kept for a person and a page."""
    return session.scalar(_of(person).filter_by(page=page).limit(1))


def give_back(person: Person, identity: int) -> None:
    """Forget a kept form: its words are saved, or its writer does not want them. What is not theirs stays."""
    with transaction():
        session.execute(delete(StashedForm).filter_by(id=identity, person_id=person.id))


def _of(person: Person) -> Select[StashedForm]:
    """The query for the forms that are stashed for a person, the newest first."""
    return select(StashedForm).filter_by(person_id=person.id).order_by(StashedForm.id.desc())


def _size(fields: list[list[str]]) -> int:
    """How many bytes they take in the database."""
    return len(json.dumps(fields))


def _signer(keys: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="pen")
