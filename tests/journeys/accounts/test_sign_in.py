"""Sign-in by a link over HTTP: a link works once, refusals say what to do, demonstration people."""

import re
import shutil
from itertools import product

import pytest

from app import create_app
from tests.support.application import settings
from tests.support.journey_people import LEAD
from tests.support.visitor import Page

LANGUAGES = pytest.mark.parametrize("language", ["en", "cy"])
QUESTION = "/reflections/2026/north-powys/questions/PCMW-01"
NOT_USABLE = {"en": "This link cannot be used", "cy": "Ni ellir defnyddio'r ddolen hon"}


def asked_for(visitor, email=LEAD) -> str:
    """Request a sign-in link and return its URL from the e-mail."""
    visitor.open("/sign-in")
    visitor.press(email=email)
    return re.search(r"http://localhost(/\S+)", visitor.last_letter()).group(1)


@LANGUAGES
def test_a_link_that_was_used_is_refused_in_words_and_leads_to_another(visitor, language):
    lead = visitor(language=language)
    link = asked_for(lead)
    lead.open(link)
    lead.press()
    other = visitor(language=language)
    page = other.open(link.replace("/en/", f"/{language}/"), expect=410)
    assert page.heading == NOT_USABLE[language]
    assert "sign-in" in page.html.select_one("main .nhsuk-button")["href"]


@LANGUAGES
def test_a_link_that_was_tampered_with_signs_nobody_in(visitor, language):
    lead = visitor(language=language)
    link = asked_for(lead)
    tampered = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert lead.open(tampered.replace("/en/", f"/{language}/"), expect=410).heading == NOT_USABLE[language]
    assert lead.browser.get("/en/me").location == "/en/sign-in"


def test_a_button_pressed_after_the_link_was_used_elsewhere_signs_nobody_in(visitor):
    early, late = visitor(), visitor()
    link = asked_for(early)
    late.open(link)
    early.open(link)
    early.press()
    assert late.press(_expect=410).heading == NOT_USABLE["en"]
    assert late.browser.get("/en/me").location == "/en/sign-in"


@LANGUAGES
def test_a_known_and_an_unknown_address_are_answered_alike(visitor, language):
    def answer(email: str) -> str:
        one = visitor(language=language)
        one.open("/sign-in")
        return str(one.press(email=email).html.main)

    assert answer(LEAD) == answer("nobody@example.wales")


@LANGUAGES
def test_who_asks_for_too_many_links_is_told_how_to_go_on(visitor, language):
    hasty = visitor(language=language)
    for expected in (200, 200, 200, 200, 200, 429):
        hasty.open("/sign-in")
        page = hasty.press(email=LEAD, _expect=expected)
    assert "20" in page.text


@pytest.mark.parametrize("mode", ["development", "production"])
def test_nobody_can_be_an_invented_person_outside_a_demonstration(mode, demo_database, tmp_path):
    shutil.copy(demo_database, tmp_path / "test.db")
    browser = create_app(settings(tmp_path, mode=mode)).test_client()
    https = {"base_url": "https://localhost"}  # in production, cookies are sent over TLS only
    guard = Page(browser.get("/en/sign-in", **https), "/en/sign-in").fields()["csrf_token"]
    sent = {"persona": "sppc@example.wales", "csrf_token": guard}
    assert browser.get("/en/demonstration", **https).status_code == 404
    assert browser.post("/en/demonstration", data=sent, **https).status_code == 404
    assert browser.get("/en/me", **https).location == "/en/sign-in"
    assert "/demonstration" not in browser.get("/en/", **https).text


FROM_ELSEWHERE = (
    *({"Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "something-new")),
    *({"Origin": origin} for origin in ("https://evil.example", "http://localhost:9", "null", "")),
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
)


@LANGUAGES
@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/", QUESTION, f"{QUESTION}/autosave", "/nowhere"])
def test_what_another_website_sends_sets_no_session_and_is_not_shown(visitor, language, address):
    path = f"/{language}{address}"
    for sent in FROM_ELSEWHERE:
        answer = visitor().browser.post(path, data={"why": "RING 0800 123", "email": LEAD}, headers=sent)
        assert answer.status_code == 403, sent
        assert "Set-Cookie" not in answer.headers
        assert "0800" not in Page(answer, path).text


def test_what_another_website_sends_leaves_who_is_signed_in_signed_in(visitor):
    lead = visitor(LEAD)
    form = lead.open(QUESTION).fields() | {"level": "mature", "evidence": "not mine"}
    for sent, address in product(FROM_ELSEWHERE, (QUESTION, "/sign-out")):
        assert lead.browser.post(f"/en{address}", data=form, headers=sent).status_code == 403, sent
    assert "not mine" not in lead.open(QUESTION).text
    assert lead.browser.get("/en/me").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        *({"Sec-Fetch-Site": site} for site in ("same-origin", "none")),
        *({"Origin": origin} for origin in ("http://localhost", "https://localhost")),
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {},
    ],
)
def test_what_our_own_pages_send_is_taken_from_every_browser(visitor, sent):
    lead = visitor(LEAD)
    form = lead.open("/me").fields() | {"name": "Llinos Newydd"}
    assert lead.browser.post("/en/me", data=form, headers=sent).location == "/en/"


def test_behind_a_proxy_that_does_not_tell_the_address_people_use_their_own_pages_are_known(visitor):
    lead = visitor(LEAD)
    form = lead.open("/me").fields() | {"name": "Llinos Newydd"}
    sent = {"Origin": "http://localhost", "Host": "10.0.0.1:8000"}
    assert lead.browser.post("/en/me", data=form, headers=sent, base_url="http://localhost").status_code != 403


def test_a_link_on_another_website_is_followed(visitor):
    assert visitor().browser.get("/en/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
