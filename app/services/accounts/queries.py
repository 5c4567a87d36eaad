"""Queries for sign-in: the person of a session, and whether a link can still be used."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Person, SignInLink


def is_sign_in_link_usable(token: str, now: datetime) -> bool:
    """Return whether the link can still be used to sign in; this does not use it."""
    link = session.scalar(select(SignInLink).filter_by(token_hash=hash_of_token(token)))
    return link is not None and link.used_at is None and now < link.expires_at


def find_person(identity: int) -> Person | None:
    """Return the person with that id, appointments loaded, or None."""
    return session.get(Person, identity, options=[joinedload(Person.appointments)])


def hash_of_token(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal; the token itself is not stored."""
    return hashlib.sha256(token.encode()).hexdigest()
