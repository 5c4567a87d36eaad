"""The author token: a signed field of a form that names its author even after the session has ended."""

from collections.abc import Sequence
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from app.db import session
from app.domain.saving.rules import AUTHOR_TOKEN_VALID_FOR
from app.models import Person


def author_token(person: Person, keys: Sequence[str], now: datetime) -> str:
    """Return a token with the person's id and the time, signed with the newest key."""
    return _signer(keys).dumps([person.id, int(now.timestamp())])


def author_of_token(pen: str, keys: Sequence[str], now: datetime) -> Person | None:
    """Return the person of a token signed with any of the keys; None if it is not valid or too old."""
    try:
        identity, made_at = _signer(keys).loads(pen)
        is_too_old = now >= datetime.fromtimestamp(made_at, UTC) + AUTHOR_TOKEN_VALID_FOR
    except (BadSignature, TypeError, ValueError):  # earlier versions signed the id alone
        return None
    return None if is_too_old else session.get(Person, identity)


def _signer(keys: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="pen")
