"""The people of a cluster in a real browser: a deputy is named and takes over, the pages are accessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.people import LEAD, LEAVE, ONLY_BUTTON, be, press, sign_in

MEMBER = "member.north-powys@example.wales"


def fair(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("cy", 1280)])
def test_a_member_is_named_deputy_takes_over_and_is_removed(server, open_page, language, width):
    lead, member = open_page(width=width), open_page(width=width)
    be(lead, server, language, LEAD)
    home = f"{server.address}/{language}/reflections/2026/north-powys"
    lead.goto(f"{home}/questions/ACD-7")
    lead.fill("#evidence", "Begun by the lead")
    press(lead, LEAVE)
    press(lead, 'main a[href$="/people/"]')
    fair(lead)
    row = f'tr:has-text("{MEMBER}")'
    press(lead, f"{row} button")
    fair(lead)
    sign_in(member, server, MEMBER, language)
    member.goto(f"{home}/questions/ACD-7")
    assert member.input_value("#evidence") == "Begun by the lead"
    member.goto(f"{server.address}/{language}/me")
    fair(member)
    member.goto(f"{server.address}/{language}/clusters/north-powys/people/add")
    fair(member)
    press(member, ONLY_BUTTON)
    fair(member)
    press(lead, f"{row} a")
    fair(lead)
    second_tab = lead.context.new_page()
    second_tab.goto(lead.url)
    press(lead, ONLY_BUTTON)
    assert lead.locator(row).count() == 0
    press(second_tab, ONLY_BUTTON)
    fair(second_tab)
