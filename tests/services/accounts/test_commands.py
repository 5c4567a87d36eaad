"""Sign-in links: they work once, for 20 minutes, are stored as hashes, and do not reveal who is known."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.accounts.rules import LINKS_AN_HOUR_FOR_A_CLIENT, LINKS_AN_HOUR_FOR_AN_ADDRESS
from app.domain.errors import LinkNotUsable, TooManySignInLinks
from app.domain.people.roles import Role
from app.models import SignInLink, SignInRequest, StashedForm
from app.services.accounts.commands import purge_expired, request_sign_in_link, use_sign_in_link
from app.services.accounts.queries import is_sign_in_link_usable
from app.services.people.commands import Invitation, invite_person
from app.services.people.queries import find_staff
from app.services.saving.author_token import _signer, author_of_token, author_token
from app.services.saving.commands import discard_stashed_form, stash_form
from app.services.saving.queries import find_stashed_form
from tests.support.application import NOW


def ask(email: str, client: str = "10.0.0.1", now=NOW) -> str | None:
    tokens: list[str] = []
    request_sign_in_link(
        email,
        client=client,
        now=now,
        address_of=lambda token, _language: tokens.append(token) or f"http://x/{token}",
        key="k" * 32,
    )
    return tokens[0] if tokens else None


def test_a_link_signs_its_person_in_once(lead):
    token = ask("LEAD@example.wales ")
    assert use_sign_in_link(token, NOW).id == lead.id
    with pytest.raises(LinkNotUsable):
        use_sign_in_link(token, NOW)


@pytest.mark.parametrize("typed", ["a@xn--bcher-kva.example", "A@BÜCHER.example ", "a@bu\u0308cher.example"])
def test_who_is_invited_by_one_spelling_of_an_address_signs_in_by_any(inside, typed):
    invited = invite_person(Invitation("a@xn--bcher-kva.example", "A", Role.SPPC), address=None)
    assert use_sign_in_link(ask(typed), NOW).id == invited.id
    assert find_staff(typed) is invited


def test_looking_at_a_link_does_not_use_it_up(lead):
    token = ask(lead.email)
    assert is_sign_in_link_usable(token, NOW)
    assert is_sign_in_link_usable(token, NOW)
    assert use_sign_in_link(token, NOW)


def test_a_link_dies_after_twenty_minutes(lead):
    token = ask(lead.email)
    with pytest.raises(LinkNotUsable):
        use_sign_in_link(token, NOW + timedelta(minutes=20))


def test_a_tampered_link_is_refused(lead):
    token = ask(lead.email)
    with pytest.raises(LinkNotUsable):
        use_sign_in_link(token[:-1] + ("A" if token[-1] != "A" else "B"), NOW)


def test_only_the_hash_of_a_token_is_kept(lead):
    token = ask(lead.email)
    link = session.scalars(select(SignInLink)).one()
    assert token not in str(vars(link))


def test_nobody_unknown_is_sent_a_link_and_nobody_is_told(lead, tmp_path):
    assert ask("stranger@example.wales") is None
    assert not list((tmp_path / "letters").glob("*"))


def test_the_rate_is_limited_alike_for_known_and_unknown_addresses(lead):
    for email, is_known in ((lead.email, True), ("stranger@example.wales", False)):
        for _ in range(LINKS_AN_HOUR_FOR_AN_ADDRESS):
            assert bool(ask(email)) is is_known
        with pytest.raises(TooManySignInLinks):
            ask(email)
        assert bool(ask(email, now=NOW + timedelta(hours=2))) is is_known


def test_the_rate_is_limited_for_one_network_address(inside):
    for number in range(LINKS_AN_HOUR_FOR_A_CLIENT):
        ask(f"somebody{number}@example.wales")
    with pytest.raises(TooManySignInLinks):
        ask("one-more@example.wales")
    ask("one-more@example.wales", client="10.0.0.2")


def test_what_is_kept_for_a_while_is_forgotten_when_somebody_signs_in_or_the_database_is_upgraded(lead):
    def kept() -> list[int]:
        return [session.scalar(select(func.count(table.id))) for table in (SignInRequest, SignInLink, StashedForm)]

    for now in (NOW - timedelta(days=31), NOW - timedelta(hours=20)):
        ask(lead.email, now=now)
        stash_form(lead, "/me", [("name", f"{now}")], now)
    assert kept() == [1, 1, 1]
    use_sign_in_link(ask(lead.email), NOW)
    assert kept() == [2, 1, 1]
    purge_expired(NOW + timedelta(days=31))
    assert kept() == [0, 0, 0]


def test_ten_forms_of_a_person_are_kept_and_none_is_dropped_for_another(lead):
    forms = [[("name", f"form {number}")] for number in range(10)]
    assert all(stash_form(lead, f"/{number % 3}", form, NOW) for number, form in enumerate(forms))
    assert not stash_form(lead, "/0", [("name", "an eleventh")], NOW)
    assert not stash_form(lead, "/new", [("name", "form 0")], NOW)
    assert stash_form(lead, "/0", forms[0], NOW)  # stored already
    assert find_stashed_form(lead, "/0").fields == [["name", "form 9"]]
    discard_stashed_form(lead, find_stashed_form(lead, "/0").id)
    assert find_stashed_form(lead, "/0").fields == [["name", "form 6"]]
    assert stash_form(lead, "/new", [("name", "there is room again")], NOW)


@pytest.mark.parametrize("text", ["x" * 400_000, "ŵ" * 70_000])
def test_the_forms_of_a_person_take_a_megabyte_and_no_more(lead, staff, text):
    """Counted as stored: each ŵ takes six bytes."""
    assert [stash_form(lead, "/me", [(name, text)], NOW) for name in "abc"] == [True, True, False]
    assert stash_form(lead, "/me", [("name", "short")], NOW)
    assert stash_form(staff, "/me", [("a", text)], NOW)
    assert session.scalar(select(func.count(StashedForm.id)).filter_by(person_id=lead.id)) == 3


def test_a_pen_is_its_writers_for_a_day_and_one_without_a_day_is_nobodys(lead):
    keys = ("k" * 32,)
    made = author_token(lead, keys, NOW)
    assert author_of_token(made, keys, NOW + timedelta(hours=23)) == lead
    assert author_of_token(made, keys, NOW + timedelta(hours=24)) is None
    assert author_of_token(made, ("o" * 32,), NOW) is None
    for signed in (lead.id, [lead.id], [], {"a": 1}, "12", None, [lead.id, "never"]):
        assert author_of_token(_signer(keys).dumps(signed), keys, NOW) is None, signed


def test_no_code_of_an_address_can_be_made_without_the_key(inside):
    ask("somebody@example.wales", client="10.0.0.1")
    request = session.scalars(select(SignInRequest)).one()
    codes = {request.address_hash, request.client_hash}
    assert not codes & {hashlib.sha256(value).hexdigest() for value in (b"somebody@example.wales", b"10.0.0.1")}
