"""Actions in the browser: sign in, follow a link or button, answer; and the checks of every page."""

import email
import random
import re
from collections.abc import Collection
from datetime import UTC, datetime
from email.policy import default

from axe_playwright_python.sync_playwright import Axe

from surveys.loader import current_questionnaire
from surveys.schema import Kind

from reports.layout.translator import Translator

from app import create_app
from app.domain.saving.decision import PendingSave
from app.services.demo.answers import INVENTED
from app.services.demo.people import lead_of
from app.services.reflection.commands import save_answer
from app.services.reflection.queries import find_reflection, load_reflection
from tests.support.application import settings

QUESTIONNAIRE = current_questionnaire()
LEAD, DEPUTY, STAFF = "lead.north-powys@example.wales", "deputy.north-powys@example.wales", "sppc@example.wales"
EVIDENCE = {"en": "Minutes of the meeting", "cy": "Cofnodion y cyfarfod: tŷ, gŵyl"}
SAVE, LEAVE = "form#typed button.nhsuk-button:not([name]):not([type])", 'form#typed button[name="save_and_leave"]'
ONLY_BUTTON = "form#typed button.nhsuk-button"
AXE = Axe()
PHONE, DESKTOP = 360, 1280


def press(page, selector: str) -> None:
    """Click a link or button and wait for the next page, which a click alone does not."""
    with page.expect_navigation():
        page.click(selector)


TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth).map((each) => each.outerHTML.slice(0, 120))"""


def fair(page, heading: str = "", **named: object) -> None:
    """Assert that the page has this heading, no violation found by axe, and no horizontal scrolling."""
    [shown] = page.locator("h1").all_inner_texts()
    if heading:
        expected = Translator(page.get_attribute("html", "lang")).catalogue.gettext(heading) % named
        assert " ".join(shown.split()) == expected, page.url
    found = AXE.run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    own = page.viewport_size
    for width in (PHONE, DESKTOP, own["width"]):
        page.set_viewport_size(own | {"width": width})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url}: {page.evaluate(TOO_WIDE)}"


def ask_for_link(page, server, address: str, language: str) -> None:
    page.goto(f"{server.address}/{language}/sign-in")
    page.fill("#email", address)
    press(page, ONLY_BUTTON)


def open_link(page, server) -> None:
    newest = max((server.folder / "letters").glob("*.eml"))
    letter = email.message_from_bytes(newest.read_bytes(), policy=default).get_content()
    page.goto(re.search(r"http://127\.0\.0\.1\S+", letter).group(0))


def sign_in(page, server, address: str, language: str) -> None:
    ask_for_link(page, server, address, language)
    open_link(page, server)
    press(page, ONLY_BUTTON)


def be(page, server, language: str, persona: str) -> None:
    """Sign in as a demonstration person."""
    page.goto(f"{server.address}/{language}/demonstration")
    press(page, f'button[value="{persona}"]')


def answer(page, item, language: str) -> None:
    """Answer a question by its kind, through the controls of the page."""
    if item.kind is Kind.OUTCOME:
        page.click(".level-card--developing .nhsuk-radios__hint")
        page.fill("#evidence", EVIDENCE[language])
    elif item.kind in (Kind.CHOICE, Kind.CHOICES):
        box = page.locator(f'input[value="{item.options[0].code}"]')
        box.check(force=True)
    elif item.kind is Kind.NUMBER:
        page.fill("#number", "14")
    elif item.kind is Kind.TEXT:
        page.fill("#text", EVIDENCE[language])
    elif page.locator("#place_0").count():
        page.select_option("#place_0", index=1)


def answer_the_rest(server, but: Collection[str] = ()) -> None:
    """Answer the remaining items of North Powys directly, not through pages, which other tests cover."""
    app, now, chance = create_app(settings(server.folder)), datetime.now(UTC), random.Random(1)
    with app.app_context():
        reflection = find_reflection(2026, "north-powys")
        answered = dict(load_reflection(reflection, now).answers)
        for item in QUESTIONNAIRE.items.values():
            if item.code not in answered and item.code not in but:
                answered[item.code] = INVENTED[item.kind](item, chance, "en", answered)
                save_answer(reflection, PendingSave(item.code, answered[item.code], 0, "en"), lead_of(reflection), now)
