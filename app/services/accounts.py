"""Signing in by a link sent by e-mail: single use, short-lived, and silent about who is known."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.db import session, transaction
from app.domain import address
from app.domain.refusals import LinkNotUsable, TooManyRequests
from app.models import Person, SignInLink, SignInRequest
from app.services import letters
from app.services.post import post

LINK_LASTS = timedelta(minutes=20)
LINKS_AN_HOUR_FOR_AN_ADDRESS = 5
LINKS_AN_HOUR_FOR_A_CLIENT = 60
"""A whole cluster may share one office network."""


def request_link(email: str, *, client: str, now: datetime, address_of: Callable[[str, str], str]) -> None:
    """Send a sign-in link to the person of that e-mail address, if there is one.

    The caller learns nothing about whether there is; TooManyRequests depends only on what was asked.
    `address_of` makes the full address of the page that takes a token, in a language. Invalid when no such
    e-mail address can be.
    """
    token, email = secrets.token_urlsafe(32), address.checked(email)
    with transaction():
        _count_request(email, client, now)
        person = session.scalar(select(Person).filter_by(email=email))
        if person:
            session.add(SignInLink(person=person, token_hash=_hash(token), expires_at=now + LINK_LASTS))
    if person:
        post.send(letters.sign_in(person, address_of(token, person.language)))


def link_is_usable(token: str, now: datetime) -> bool:
    """Whether the link would still sign somebody in; looking does not use it up."""
    link = session.scalar(select(SignInLink).filter_by(token_hash=_hash(token)))
    return link is not None and link.used_at is None and now < link.expires_at


def use_link(token: str, now: datetime) -> Person:
    """Use the link up and return whose it is; LinkNotUsable when it is unknown, used or too old."""
    with transaction():
        link = session.scalar(select(SignInLink).filter_by(token_hash=_hash(token)).with_for_update())
        if link is None or link.used_at is not None or now >= link.expires_at:
            raise LinkNotUsable
        link.used_at = now
    return link.person


def person(identity: int) -> Person | None:
    """The person with that identity."""
    return session.get(Person, identity)


def remember_language(identity: int, language: str) -> None:
    """Keep the language a person chose, for their next visit and their letters."""
    with transaction():
        if found := session.get(Person, identity):
            found.language = language


def _count_request(email: str, client: str, now: datetime) -> None:
    session.execute(delete(SignInRequest).where(SignInRequest.at < now - timedelta(days=1)))
    limits = (
        (SignInRequest.address_hash, _hash(email), LINKS_AN_HOUR_FOR_AN_ADDRESS),
        (SignInRequest.client_hash, _hash(client), LINKS_AN_HOUR_FOR_A_CLIENT),
    )
    for column, value, limit in limits:
        recent = select(func.count()).where(column == value, SignInRequest.at > now - timedelta(hours=1))
        if (session.scalar(recent) or 0) >= limit:
            raise TooManyRequests
    session.add(SignInRequest(address_hash=_hash(email), client_hash=_hash(client), at=now))


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
