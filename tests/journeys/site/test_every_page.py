"""Every page, without JavaScript, in both languages: `Page` checks it, and the language switch leads to its twin."""

import pytest

from tests.support import reviewed_round as reviewed
from tests.support.journey_people import EVERYBODY, LEAD, NOBODY, STAFF
from tests.support.routes import ONLY_POST, TABLE
from tests.support.visitor import Page, Visitor

OTHER = {"en": "cy", "cy": "en"}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_keeps_the_house_rules_and_has_a_working_switch(visitor, peopled, language):
    with peopled.app_context():
        reviewed.publish()
    visitors: dict[str | None, Visitor] = {person: visitor(person, language) for person in EVERYBODY}
    seen = 0
    for endpoint, (address, before, _after) in TABLE.items():
        if endpoint in ONLY_POST or not before or not address.startswith("/en/"):
            continue
        one = visitors[next(person for person in (NOBODY, LEAD, STAFF, *EVERYBODY) if person in before)]
        first = one.browser.get(address.replace("/en/", f"/{language}/"), follow_redirects=True)
        first.close()
        if first.mimetype != "text/html":
            continue
        page = Page(first, first.request.path)
        turned = turn(one, page, first.request.full_path)
        assert (turned.status, turned.language) == (page.status, OTHER[page.language]), address
        assert turned.heading != page.heading, address
        seen += 1
    assert seen > 40


def turn(visitor: Visitor, page: Page, address: str) -> Page:
    """Use the language switch: a link, or the button of a form, which keeps the typed text."""
    switch = page.html.select_one(".language-switch a, .language-switch button")
    if switch.name == "a":
        answer = visitor.browser.get(switch["href"], follow_redirects=True)
    else:
        sent = page.fields() | {switch["name"]: switch["value"]}
        answer = visitor.browser.post(switch["formaction"], data=sent, follow_redirects=True)
    answer.close()
    return Page(answer, answer.request.path)
