"""Invalid input is refused in the language of the visitor, and the typed text stays on the page."""

import unicodedata
from io import BytesIO
from itertools import product

import pytest
from flask import request
from sqlalchemy import event

from app.db import session
from app.domain.reflection.rules import LONGEST_TEXT
from app.i18n import gettext, speaking
from app.services.cycle.commands import close_cycle
from tests.support.application import NOW
from tests.support.journey_people import LEAD, STRANGER
from tests.support.visitor import Page

HOME = "/reflections/2026/north-powys"
FIRST = f"{HOME}/questions/PCMW-01"


@pytest.fixture(params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture
def says(peopled, language):
    """Return a function that translates a text of the product into the visitor's language."""

    def words(text: str, **given: object) -> str:
        with peopled.app_context(), speaking(language):
            return gettext(text, **given)

    return words


def test_a_level_that_does_not_exist(visitor, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    page = lead.press(level="excellent", evidence="What we see")
    assert page.errors == [says("Choose from the answers shown.")]
    assert page.fields()["evidence"] == ["What we see"]


def test_a_text_of_two_hundred_thousand_characters(visitor, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    page = lead.press(level="mature", evidence="x" * 200_000, next_step="Our next step")
    limits = {"length": "200,000", "limit": f"{LONGEST_TEXT:,}"}
    assert page.errors == [says("This text has %(length)s characters. Shorten it to %(limit)s or fewer.", **limits)]
    assert page.fields()["evidence"] == ["x" * 200_000]
    assert page.fields()["next_step"] == ["Our next step"]


def test_control_characters_emoji_and_marks_that_turn_the_direction(visitor, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    lead.press(level="mature", evidence="ŵy 🙂 \x00\x1bשלום \u202e<b>", next_step="👩\u200d⚕️")
    fields = lead.open(FIRST).fields()
    assert fields["evidence"][0].startswith("ŵy 🙂 שלום")
    assert fields["next_step"] == ["👩\u200d⚕️"]
    typed = next(each for each in lead.open(f"{HOME}/answers").html.select(".typed") if "ŵy 🙂" in each.get_text())
    assert typed["dir"] == "auto"  # a mark of direction affects only its own paragraph
    assert not typed.select("b")


def test_a_cycle_that_closes_while_somebody_types(visitor, peopled, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    with peopled.app_context():
        close_cycle(2026, NOW)
    page = lead.press(level="mature", evidence="Typed too late", _expect=409)
    assert page.heading == says("This could not be saved")
    assert "Typed too late" in page.text


def test_somebody_elses_section_by_its_address(visitor, says, language):
    page = visitor(STRANGER, language).open(FIRST, expect=403)
    assert page.heading == says("You do not have access to this page")


@pytest.mark.parametrize("address", ["/reflections/2026/atlantis/", f"{HOME}/questions/PCMW-99", "/nowhere"])
def test_what_does_not_exist(visitor, says, language, address):
    page = visitor(LEAD, language).open(address, expect=404)
    assert page.heading == says("Page not found")
    assert page.link(says("Start page")) == f"/{language}/"


FOREIGN = [
    *({"json": [1, 2]}, {"json": 5}, {"json": {"email": 5}}, {"json": {"level": ["mature"]}}),
    {"data": "[" * 20_000, "content_type": "application/json; charset=utf-8"},
    *({"data": "email=a@b.wales", "content_type": kind} for kind in ("text/plain", "application/xml", "", None)),
]


@pytest.mark.parametrize("address", ["/sign-in", FIRST, f"{FIRST}/autosave", "/sign-out", "/nowhere"])
def test_what_no_form_sends_is_refused_whatever_it_says(visitor, says, language, address):
    lead = visitor(LEAD, language)
    chunked = {"headers": {"Transfer-Encoding": "chunked"}, "content_type": "application/json"}
    for sent in (*FOREIGN, {"input_stream": BytesIO(b"5"), **chunked}):
        page = Page(lead.browser.post(f"/{language}{address}", **sent), f"/{language}{address}")
        assert (page.status, page.heading) == (415, says("This request could not be understood")), sent


def test_a_form_without_a_body_is_no_foreign_body(visitor):
    assert visitor(LEAD).browser.post("/en/sign-out").location == "/en/"


CONTROL = ("%00", "%00%0a[ERROR]%20forged", "%1b%5b31m", "%7f", "%c2%85", "%0d%0a", "\x00")
ADDRESSES = (
    *("/en/reports/2024/1/board/7A1{}", "/en/reports/2024/draft{}/national/wales", "/cy/nominations/2026/a{}b/x"),
    *("/en/reflections/2026/{}/", "/w/AB{}C", "/en/sign-in/{}", "/{}", "/en/?switch=en&x={}", "/en/?{}=1"),
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_no_address_holds_a_control_character_and_the_database_is_not_asked_for_one(app, method):
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(str(given[3])))
    for address, signs in product(ADDRESSES, CONTROL):
        answer = app.test_client().open(address.format(signs), method=method)
        assert answer.status_code == 404, (address, signs)
    assert not any(unicodedata.category(sign) == "Cc" or sign == "\\" for each in asked for sign in each)


def broken(*_given):
    raise RuntimeError("broken")


def test_a_failure_is_logged_on_one_line_and_without_the_link_that_signs_in(visitor, monkeypatch, caplog):
    monkeypatch.setattr("app.views.accounts.sign_in.is_sign_in_link_usable", broken)
    assert visitor().browser.get("/en/sign-in/a-token-that-works\u2028ŵ").status_code == 500
    (line,) = (each.getMessage() for each in caplog.records)
    assert line == "GET /en/sign-in/TOKEN failed"
    monkeypatch.setattr("app.services.reports.requested_report.find_cycle", broken)
    assert visitor().browser.get("/en/reports/2026/draft/board/a\u2028[ERROR] forged\u202e").status_code == 500
    assert caplog.records[-1].getMessage() == "GET /en/reports/2026/draft/board/a\\u2028[ERROR] forged\\u202e failed"


def test_the_access_log_has_neither_the_link_that_signs_in_nor_signs_of_a_terminal(app):
    sent = {"Referer": "http://localhost/en/sign-in/secret?x", "User-Agent": "a\x1b[31m"}
    with app.test_request_context("/en/sign-in/secret?x=1", headers=sent):
        app.preprocess_request()
        logged = [request.environ[name] for name in ("RAW_URI", "HTTP_REFERER", "HTTP_USER_AGENT")]
    assert logged == ["/en/sign-in/TOKEN?x=1", "http://localhost/en/sign-in/TOKEN?x", "a\\x1b[31m"]


def test_a_page_with_a_link_that_signs_in_does_not_tell_it_to_what_it_asks_for(visitor):
    browser = visitor().browser
    assert browser.get("/en/sign-in/secret").headers["Referrer-Policy"] == "strict-origin"
    assert browser.get("/en/sign-in").headers["Referrer-Policy"] == "same-origin"
