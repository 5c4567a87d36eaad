"""A peer review in a real browser, in Welsh on a phone: saved while typing, returned, replied to; accessible."""

from app import create_app
from tests.support import reviewed_round as reviewed
from tests.support.application import settings
from tests.support.browser_people import LEAD, LEAVE, ONLY_BUTTON, PHONE, QUESTIONNAIRE, SAVE, be, fair, press

REVIEWER = "lead.rhondda@example.wales"


def test_a_review_is_given_and_replied_to_on_a_phone(server, open_page):
    with create_app(settings(server.folder)).app_context():
        reviewed.submit("north-powys", versions_over=1)
        reviewed.publish(contacts=False)
    home, asked = f"{server.address}/cy/reviews/2026/north-powys", QUESTIONNAIRE.items["PCMW-01"].title["cy"]
    named = {"cluster": "Gogledd Powys", "year": 2026}
    reviewer, host = open_page(width=PHONE), open_page(width=PHONE)
    be(reviewer, server, "cy", REVIEWER)
    reviewer.goto(f"{home}/meeting")
    press(reviewer, ONLY_BUTTON)
    assert reviewer.locator(".nhsuk-error-summary a").count() > 0
    fair(reviewer, "When to meet")
    for box, typed in (("#day", "3"), ("#day-month", "6"), ("#day-year", "2026")):
        reviewer.fill(box, typed)
    press(reviewer, ONLY_BUTTON)
    fair(reviewer, "Peer review of %(cluster)s, %(year)s", **named)
    reviewer.goto(f"{home}/outcomes/PCMW-01")
    reviewer.fill("#heard", "Clywsom am y tŷ")
    reviewer.wait_for_selector("[data-save-state]:has-text('Cadwyd am')")
    reviewer.goto(f"{home}/outcomes/PCMW-01")
    assert reviewer.input_value("#heard") == "Clywsom am y tŷ"
    fair(reviewer, asked)
    for _outcome in reviewed.LEVELS:
        reviewer.check("input[value=mature]", force=True)
        reviewer.fill("#heard", "Clywsom am y tŷ")
        reviewer.fill("#good_practice", "Rota ar y cyd")
        press(reviewer, SAVE)
    fair(reviewer, "Check and return the review")
    second_tab = reviewer.context.new_page()
    second_tab.goto(f"{home}/outcomes/PCMW-01")
    press(reviewer, ONLY_BUTTON)
    press(second_tab, SAVE)
    fair(second_tab, "This could not be saved")
    second_tab.goto(f"{home}/meeting")
    assert second_tab.locator("form#typed").count() == 0
    fair(second_tab, "When to meet")
    be(host, server, "cy", LEAD)
    host.goto(f"{home}/replies/PCMW-01")
    fair(host, asked)
    host.check("input[value=yes]", force=True)
    press(host, LEAVE)
    host.goto(f"{home}/reply")
    fair(host, "Check and send the reply")
    host.goto(f"{home}/comparison")
    fair(host, "Both views of %(cluster)s, %(year)s", **named)
