"""Who a session belongs to, and whether a sign-in link can still be used."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Person, SignInLink


def is_sign_in_link_usable(token: str, now: datetime) -> bool:
    """Whether the link would still sign somebody in; looking does not use it up."""
    link = session.scalar(select(SignInLink).filter_by(token_hash=hash_of_token(token)))
    return link is not None and link.used_at is None and now < link.expires_at


def find_person(identity: int) -> Person | None:
    """The person with that identity and all their appointments."""
    return session.get(Person, identity, options=[joinedload(Person.appointments)])


def hash_of_token(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal: all that is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
