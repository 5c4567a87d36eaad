"""Commands for sign-in: request and use a link, store a person's language, delete expired records."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.db import session, transaction
from app.domain.accounts.email_address import checked_email_address
from app.domain.accounts.rules import (
    LINKS_AN_HOUR_FOR_A_CLIENT,
    LINKS_AN_HOUR_FOR_AN_ADDRESS,
    SIGN_IN_LINK_VALID_FOR,
    SIGN_IN_REQUEST_KEPT_FOR,
)
from app.domain.errors import LinkNotUsable, TooManySignInLinks
from app.domain.saving.rules import STASHED_FORM_KEPT_FOR
from app.models import Person, SignInLink, SignInRequest, StashedForm
from app.services.accounts.emails import sign_in_email
from app.services.accounts.queries import hash_of_token
from app.services.email.commands import mailer


def request_sign_in_link(
    email: str, *, client: str, now: datetime, address_of: Callable[[str, str], str], key: str
) -> None:
    """E-mail a sign-in link to the person with that address; do nothing visible if there is no such person.

    Neither the return value nor the errors show whether the address is known. `address_of(token, language)` returns
    the full URL of the page that uses the link. `key` is the secret with which the e-mail address and the `client`
    are hashed, so that requests can be counted without storing either.
    Raise InvalidValue if `email` is not an e-mail address, TooManySignInLinks if there were too many requests from
    this client or for this address in the last hour.
    """
    token, email = secrets.token_urlsafe(32), checked_email_address(email)
    with transaction():
        _forget(now)
        _count_request(_code(email, key), _code(client, key), now)
        person = session.scalar(select(Person).filter_by(email=email))
        if person:
            session.add(
                SignInLink(person=person, token_hash=hash_of_token(token), expires_at=now + SIGN_IN_LINK_VALID_FOR)
            )
    if person:
        mailer.send(sign_in_email(person, address_of(token, person.language)))


def use_sign_in_link(token: str, now: datetime) -> Person:
    """Mark the link as used and return its person; raise LinkNotUsable if it is unknown, used or expired."""
    with transaction():
        link = session.scalar(select(SignInLink).filter_by(token_hash=hash_of_token(token)).with_for_update())
        if link is None or link.used_at is not None or now >= link.expires_at:
            raise LinkNotUsable
        link.used_at = now
        person = link.person
        _forget(now)
    return person


def remember_language(identity: int, language: str) -> None:
    """Store the language that a person chose, for their next visit and for e-mails to them."""
    with transaction():
        if found := session.get(Person, identity):
            found.language = language


def purge_expired(now: datetime) -> None:
    """Delete sign-in links, sign-in requests and stashed forms that have expired."""
    with transaction():
        _forget(now)


def _forget(now: datetime) -> None:
    session.execute(delete(SignInRequest).where(SignInRequest.at < now - SIGN_IN_REQUEST_KEPT_FOR))
    session.execute(delete(SignInLink).where(SignInLink.expires_at < now))
    session.execute(delete(StashedForm).where(StashedForm.stashed_at < now - STASHED_FORM_KEPT_FOR))


def _count_request(address_code: str, client_code: str, now: datetime) -> None:
    limits = (
        (SignInRequest.address_hash, address_code, LINKS_AN_HOUR_FOR_AN_ADDRESS),
        (SignInRequest.client_hash, client_code, LINKS_AN_HOUR_FOR_A_CLIENT),
    )
    for column, value, limit in limits:
        recent = select(func.count()).where(column == value, SignInRequest.at > now - timedelta(hours=1))
        if (session.scalar(recent) or 0) >= limit:
            raise TooManySignInLinks
    session.add(SignInRequest(address_hash=address_code, client_hash=client_code, at=now))


def _code(value: str, key: str) -> str:
    """Return a keyed hash (HMAC): without the key, nobody can find an address by hashing likely ones."""
    return hmac.digest(key.encode(), value.encode(), "sha256").hex()
