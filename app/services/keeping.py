"""Keeps what somebody typed while their session ended, until they sign in again and take it back.

A form carries its writer's pen: a signed word for who was writing. So the words go back to that person
only, whoever signs in next in the same browser, and nobody else can leave anything here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select

from app.db import session, transaction
from app.models import KeptForm, Person

MOST_KEPT = 100
"""Forms of one person: far more than anybody types, and too few to fill a disk."""


def pen(person: Person, keys: Sequence[str]) -> str:
    """The signed word for a person, by the newest of the keys."""
    return _signer(keys).dumps(person.id)


def writer(pen: str, keys: Sequence[str]) -> Person | None:
    """Whose pen it is, by any of the keys; None when it was tampered with."""
    try:
        identity = _signer(keys).loads(pen)
    except BadSignature:
        return None
    return session.get(Person, identity)


def keep(person: Person, page: str, fields: Iterable[tuple[str, str]], now: datetime) -> bool:
    """Keep a form for its writer, and tell whether it is kept; the same form sent twice is kept once."""
    typed = [list(field) for field in fields]
    with transaction():
        kept = _of(person)
        if any(each.page == page and each.fields == typed for each in kept):
            return True
        if len(kept) >= MOST_KEPT:
            return False
        session.add(KeptForm(person_id=person.id, page=page, fields=typed, kept_at=now))
        return True


def kept(person: Person, page: str) -> KeptForm | None:
    """The newest form that is kept for a person and a page."""
    return next((each for each in _of(person) if each.page == page), None)


def give_back(person: Person, identity: int) -> None:
    """Forget a kept form: its words are saved, or its writer does not want them. What is not theirs stays."""
    with transaction():
        session.execute(delete(KeptForm).filter_by(id=identity, person_id=person.id))


def _of(person: Person) -> Sequence[KeptForm]:
    return session.scalars(select(KeptForm).filter_by(person_id=person.id).order_by(KeptForm.id.desc())).all()


def _signer(keys: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="pen")
