"""Signing in by link, over HTTP: what works once, what is refused in words, and who may be invented."""

import re
import shutil

import pytest

from app import create_app
from tests.conftest import settings
from tests.journeys.conftest import LEAD
from tests.visitor import Page

LANGUAGES = pytest.mark.parametrize("language", ["en", "cy"])
NOT_USABLE = {"en": "This link cannot be used", "cy": "Ni ellir defnyddio'r ddolen hon"}


def asked_for(visitor, email=LEAD) -> str:
    """The address in the letter that a visitor asked for."""
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
    https = {"base_url": "https://localhost"}  # in production cookies go over TLS only
    guard = Page(browser.get("/en/sign-in", **https), "/en/sign-in").fields()["csrf_token"]
    sent = {"persona": "sppc@example.wales", "csrf_token": guard}
    assert browser.get("/en/demonstration", **https).status_code == 404
    assert browser.post("/en/demonstration", data=sent, **https).status_code == 404
    assert browser.get("/en/me", **https).location == "/en/sign-in"
    assert "/demonstration" not in browser.get("/en/", **https).text
