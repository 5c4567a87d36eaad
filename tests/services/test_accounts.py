"""Sign-in links: used once, for twenty minutes, hashed, and silent about who is known."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import session
from app.domain.refusals import LinkNotUsable, TooManySignInLinks
from app.domain.roles import Role
from app.models import SignInLink, SignInRequest, StashedForm
from app.services import accounts, keeping, people
from app.services.people import Invitation
from tests.conftest import NOW


def ask(email: str, client: str = "10.0.0.1", now=NOW) -> str | None:
    tokens: list[str] = []
    accounts.request_link(
        email,
        client=client,
        now=now,
        address_of=lambda token, _language: tokens.append(token) or f"http://x/{token}",
        key="k" * 32,
    )
    return tokens[0] if tokens else None


def test_a_link_signs_its_person_in_once(lead):
    token = ask("LEAD@example.wales ")
    assert accounts.use_link(token, NOW).id == lead.id
    with pytest.raises(LinkNotUsable):
        accounts.use_link(token, NOW)


@pytest.mark.parametrize("typed", ["a@xn--bcher-kva.example", "A@BÜCHER.example ", "a@bu\u0308cher.example"])
def test_who_is_invited_by_one_spelling_of_an_address_signs_in_by_any(inside, typed):
    invited = people.invite(Invitation("a@xn--bcher-kva.example", "A", Role.SPPC), address=None)
    assert accounts.use_link(ask(typed), NOW).id == invited.id
    assert people.staff(typed) is invited


def test_looking_at_a_link_does_not_use_it_up(lead):
    token = ask(lead.email)
    assert accounts.link_is_usable(token, NOW)
    assert accounts.link_is_usable(token, NOW)
    assert accounts.use_link(token, NOW)


def test_a_link_dies_after_twenty_minutes(lead):
    token = ask(lead.email)
    with pytest.raises(LinkNotUsable):
        accounts.use_link(token, NOW + timedelta(minutes=20))


def test_a_tampered_link_is_refused(lead):
    token = ask(lead.email)
    with pytest.raises(LinkNotUsable):
        accounts.use_link(token[:-1] + ("A" if token[-1] != "A" else "B"), NOW)


def test_only_the_hash_of_a_token_is_kept(lead):
    token = ask(lead.email)
    link = session.scalars(select(SignInLink)).one()
    assert token not in str(vars(link))


def test_nobody_unknown_is_sent_a_link_and_nobody_is_told(lead, tmp_path):
    assert ask("stranger@example.wales") is None
    assert not list((tmp_path / "letters").glob("*"))


def test_the_rate_is_limited_alike_for_known_and_unknown_addresses(lead):
    for email, is_known in ((lead.email, True), ("stranger@example.wales", False)):
        for _ in range(accounts.LINKS_AN_HOUR_FOR_AN_ADDRESS):
            assert bool(ask(email)) is is_known
        with pytest.raises(TooManySignInLinks):
            ask(email)
        assert bool(ask(email, now=NOW + timedelta(hours=2))) is is_known


def test_the_rate_is_limited_for_one_network_address(inside):
    for number in range(accounts.LINKS_AN_HOUR_FOR_A_CLIENT):
        ask(f"somebody{number}@example.wales")
    with pytest.raises(TooManySignInLinks):
        ask("one-more@example.wales")
    ask("one-more@example.wales", client="10.0.0.2")


def test_what_is_kept_for_a_while_is_forgotten_when_somebody_signs_in_or_the_database_is_upgraded(lead):
    def kept() -> list[int]:
        return [session.scalar(select(func.count(table.id))) for table in (SignInRequest, SignInLink, StashedForm)]

    for now in (NOW - timedelta(days=31), NOW - timedelta(hours=20)):
        ask(lead.email, now=now)
        keeping.keep(lead, "/me", [("name", f"{now}")], now)
    assert kept() == [1, 1, 1]
    accounts.use_link(ask(lead.email), NOW)
    assert kept() == [2, 1, 1]
    accounts.forget(NOW + timedelta(days=31))
    assert kept() == [0, 0, 0]


def test_ten_forms_of_a_person_are_kept_and_none_is_dropped_for_another(lead):
    forms = [[("name", f"form {number}")] for number in range(10)]
    assert all(keeping.keep(lead, f"/{number % 3}", form, NOW) for number, form in enumerate(forms))
    assert not keeping.keep(lead, "/0", [("name", "an eleventh")], NOW)
    assert not keeping.keep(lead, "/new", [("name", "form 0")], NOW)
    assert keeping.keep(lead, "/0", forms[0], NOW)  # it is there already
    assert keeping.kept(lead, "/0").fields == [["name", "form 9"]]
    keeping.give_back(lead, keeping.kept(lead, "/0").id)
    assert keeping.kept(lead, "/0").fields == [["name", "form 6"]]
    assert keeping.keep(lead, "/new", [("name", "there is room again")], NOW)


@pytest.mark.parametrize("text", ["x" * 400_000, "ŵ" * 70_000])
def test_the_forms_of_a_person_take_a_megabyte_and_no_more(lead, staff, text):
    """As they are stored, where each ŵ takes six bytes."""
    assert [keeping.keep(lead, "/me", [(name, text)], NOW) for name in "abc"] == [True, True, False]
    assert keeping.keep(lead, "/me", [("name", "short")], NOW)
    assert keeping.keep(staff, "/me", [("a", text)], NOW)
    assert session.scalar(select(func.count(StashedForm.id)).filter_by(person_id=lead.id)) == 3


def test_a_pen_is_its_writers_for_a_day_and_one_without_a_day_is_nobodys(lead):
    keys = ("k" * 32,)
    made = keeping.pen(lead, keys, NOW)
    assert keeping.writer(made, keys, NOW + timedelta(hours=23)) == lead
    assert keeping.writer(made, keys, NOW + timedelta(hours=24)) is None
    assert keeping.writer(made, ("o" * 32,), NOW) is None
    for signed in (lead.id, [lead.id], [], {"a": 1}, "12", None, [lead.id, "never"]):
        assert keeping.writer(keeping._signer(keys).dumps(signed), keys, NOW) is None, signed


def test_no_code_of_an_address_can_be_made_without_the_key(inside):
    ask("somebody@example.wales", client="10.0.0.1")
    request = session.scalars(select(SignInRequest)).one()
    codes = {request.address_hash, request.client_hash}
    assert not codes & {hashlib.sha256(value).hexdigest() for value in (b"somebody@example.wales", b"10.0.0.1")}
