"""A peer review in a real browser, in Welsh on a phone: saved while typing, returned, replied to; accessible."""

from axe_playwright_python.sync_playwright import Axe

from app import create_app
from tests import reviewed
from tests.browser.people import LEAD, LEAVE, ONLY_BUTTON, SAVE, be, press
from tests.conftest import settings

REVIEWER = "lead.rhondda@example.wales"


def fair(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_review_is_given_and_replied_to_on_a_phone(server, open_page):
    with create_app(settings(server.folder)).app_context():
        reviewed.submit("north-powys", versions_over=1)
        reviewed.publish(contacts=False)
    home = f"{server.address}/cy/reviews/2026/north-powys"
    reviewer, host = open_page(width=360), open_page(width=360)
    be(reviewer, server, "cy", REVIEWER)
    reviewer.goto(f"{home}/meeting")
    press(reviewer, ONLY_BUTTON)
    fair(reviewer)
    for box, typed in (("#day", "3"), ("#day-month", "6"), ("#day-year", "2026")):
        reviewer.fill(box, typed)
    press(reviewer, ONLY_BUTTON)
    fair(reviewer)
    reviewer.goto(f"{home}/outcomes/PCMW-01")
    reviewer.fill("#heard", "Clywsom am y tŷ")
    reviewer.wait_for_selector("[data-save-state]:has-text('Cadwyd am')")
    reviewer.goto(f"{home}/outcomes/PCMW-01")
    assert reviewer.input_value("#heard") == "Clywsom am y tŷ"
    fair(reviewer)
    for _outcome in reviewed.LEVELS:
        reviewer.check("input[value=mature]", force=True)
        reviewer.fill("#heard", "Clywsom am y tŷ")
        reviewer.fill("#good_practice", "Rota ar y cyd")
        press(reviewer, SAVE)
    fair(reviewer)
    press(reviewer, ONLY_BUTTON)
    be(host, server, "cy", LEAD)
    host.goto(f"{home}/replies/PCMW-01")
    fair(host)
    host.check("input[value=yes]", force=True)
    press(host, LEAVE)
    host.goto(f"{home}/reply")
    fair(host)
    host.goto(f"{home}/comparison")
    fair(host)
