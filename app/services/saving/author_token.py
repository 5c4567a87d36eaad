"""The signed token of a page that says whose form it is, also after the session has ended."""

from collections.abc import Sequence
from datetime import UTC, datetime

from itsdangerous import BadSignature, URLSafeSerializer

from app.db import session
from app.domain.saving.rules import AUTHOR_TOKEN_VALID_FOR
from app.models import Person


def author_token(person: Person, keys: Sequence[str], now: datetime) -> str:
    """Return the signed token of a person and of the moment at which it was made; the newest of the keys signs."""
    return _signer(keys).dumps([person.id, int(now.timestamp())])


def author_of_token(pen: str, keys: Sequence[str], now: datetime) -> Person | None:
    """Return whose token it is, read with any of the keys; None when it was tampered with or is too old."""
    try:
        identity, made_at = _signer(keys).loads(pen)
        is_too_old = now >= datetime.fromtimestamp(made_at, UTC) + AUTHOR_TOKEN_VALID_FOR
    except (BadSignature, TypeError, ValueError):  # before pens had a moment, the person alone was signed
        return None
    return None if is_too_old else session.get(Person, identity)


def _signer(keys: Sequence[str]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="pen")
