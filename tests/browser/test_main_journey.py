"""The main job in a real browser: a lead reflects and submits, staff see it and download the summary."""

import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.people import (
    DEPUTY,
    EVIDENCE,
    LEAD,
    LEAVE,
    ONLY_BUTTON,
    QUESTIONNAIRE,
    SAVE,
    STAFF,
    answer,
    answer_the_rest,
    ask_for_link,
    be,
    open_link,
    press,
    sign_in,
)


def submitted_total(page, server, language: str) -> int:
    page.goto(f"{server.address}/{language}/cycles/2026/")
    return int(page.inner_text("#submitted-total"))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_lead_submits_and_staff_download_the_national_summary(server, open_page, language):
    staff = open_page()
    sign_in(staff, server, STAFF, language)
    before = submitted_total(staff, server, language)

    lead = open_page(width=390)
    sign_in(lead, server, LEAD, language)
    asked = list(QUESTIONNAIRE.items.values())
    # Half of them in each language: both halves together are all, and over HTTP each language walks through all.
    asked = asked[:20] if language == "en" else asked[20:]
    answer_the_rest(server, but={item.code for item in asked})
    lead.goto(f"{server.address}/{language}/reflections/2026/north-powys/questions/{asked[0].code}")
    for item in asked:
        assert lead.inner_text("h1") == item.title[language]
        answer(lead, item, language)
        press(lead, SAVE)
    lead.goto(f"{server.address}/{language}/reflections/2026/north-powys/check")
    assert EVIDENCE[language] in lead.inner_text("main")
    press(lead, "main a.nhsuk-button")
    press(lead, ONLY_BUTTON)
    assert re.search(r"2026-NORTH-POWYS-1-[0-9A-F]{6}", lead.inner_text(".nhsuk-panel"))

    assert submitted_total(staff, server, language) == before + 1
    staff.goto(f"{server.address}/{language}/reports/2026/draft/national/wales")
    address = staff.get_attribute(".faces a >> nth=0", "href")
    assert download(staff, server.address + address).startswith(b"%PDF-1.7")


def download(page, address: str) -> bytes:
    """The PDF behind an address, as the browser gets it when it is ready."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    for _ in range(60):
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookies}), timeout=30) as answer:
            if answer.status == 200:
                return answer.read()
        page.wait_for_timeout(500)
    pytest.fail("the PDF was not made in time")


PAGES = [
    "/",
    "/sign-in",
    "/demonstration",
    "/help",
    "/accessibility",
    "/privacy",
    "/nowhere",
    "/reflections/2026/north-powys/",
    "/reflections/2026/north-powys/answers",
    "/reflections/2026/north-powys/check",
    "/reflections/2026/north-powys/workbook",
    "/reflections/2026/north-powys/workbook/loaded",
    *(
        f"/reflections/2026/north-powys/questions/{code}"
        for code in ("ABOUT-1", "ABOUT-2", "PCMW-01", "ACD-7", "FACTORS-1", "FACTORS-2", "CLOSING-2")
    ),
]
STAFF_PAGES = ["/", "/cycles/2026/", "/reports/2024/1/national/wales"]


@pytest.mark.parametrize(("language", "width", "other_width"), [("en", 1280, 360), ("cy", 360, 1280)])
def test_no_page_has_an_accessibility_violation_or_is_too_wide(server, open_page, language, width, other_width):
    axe = Axe()
    for persona, addresses in ((LEAD, PAGES), (STAFF, STAFF_PAGES)):
        page = open_page(width=width)
        be(page, server, language, persona)
        for address in addresses:
            page.goto(f"{server.address}/{language}{address}")
            found = axe.run(page)
            assert found.violations_count == 0, f"{address}: {found.generate_report()}"
            for each in (width, other_width, width):
                page.set_viewport_size({"width": each, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= each, address


def test_the_pages_on_the_way_have_no_accessibility_violation(server, open_page):
    language = "cy"

    def fair(page, expected: str) -> None:
        assert expected in page.url
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"

    home = f"{server.address}/{language}/reflections/2026/north-powys"
    lead, deputy, staff, stranger = (open_page(width=390) for _ in range(4))
    ask_for_link(stranger, server, LEAD, language)
    fair(stranger, "sent")
    open_link(stranger, server)
    fair(stranger, "sign-in/")
    stranger.goto(f"{server.address}/{language}/sign-in/unknown")
    fair(stranger, "unknown")
    for _ in range(5):
        ask_for_link(stranger, server, LEAD, language)
    assert stranger.locator("form#typed").count() == 0
    fair(stranger, "sign-in")
    be(lead, server, language, LEAD)
    be(deputy, server, language, DEPUTY)
    be(staff, server, language, STAFF)
    lead.goto(f"{server.address}/{language}/cycles/2026/")
    assert lead.locator("h1").count() == 1
    fair(lead, "cycles")

    for page, words in ((lead, "First"), (deputy, "Second")):
        page.goto(f"{home}/questions/PCMW-01")
        page.fill("#evidence", words)
    for page in (lead, deputy):
        press(page, SAVE)
    assert "First" in deputy.inner_text(".clash__saved")
    assert deputy.input_value("#evidence") == "Second"
    fair(deputy, "PCMW-01")
    stranger.goto(f"{server.address}/{language}/demonstration")
    be(stranger, server, language, DEPUTY)
    stranger.goto(f"{home}/questions/PCMW-02")
    stranger.fill("#evidence", "Typed before the session ended")
    stranger.context.clear_cookies()
    press(stranger, LEAVE)
    assert "Typed before the session ended" in stranger.inner_text("main")
    fair(stranger, "PCMW-02")

    answer_the_rest(server)
    lead.goto(f"{home}/submit")
    fair(lead, "submit")
    press(lead, ONLY_BUTTON)
    fair(lead, "submitted")
    lead.goto(f"{home}/submissions/1")
    fair(lead, "submissions/1")
    press(deputy, "form#typed .nhsuk-grid-row button >> nth=-1")
    assert "Second" in deputy.inner_text(".clash__saved")
    fair(deputy, "PCMW-01")
    staff.goto(f"{server.address}/{language}/cycles/2026/north-powys/reopen")
    fair(staff, "reopen")
    second_tab = staff.context.new_page()
    second_tab.goto(staff.url)
    for page in (staff, second_tab):
        page.fill("#reason", "A figure was wrong.")
        press(page, ONLY_BUTTON)
    assert second_tab.locator("form#typed").count() == 0
    fair(second_tab, "reopen")
    staff.goto(f"{server.address}/{language}/reports/2026/draft/national/wales.pdf", wait_until="commit")
    fair(staff, "wales.pdf")
    is_the_pdf = "application/pdf"
    with staff.expect_response(lambda each: each.headers.get("content-type") == is_the_pdf, timeout=60_000):
        pass  # the page looks again by itself


def test_an_error_is_announced_and_leads_to_its_field(server, open_page):
    page = open_page(width=360)
    be(page, server, "en", LEAD)
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/ACD-7")
    press(page, SAVE)
    page.wait_for_function("document.activeElement.className === 'nhsuk-error-summary'")
    assert page.title().startswith("Error: ")
    assert Axe().run(page).violations_count == 0
    page.click(".nhsuk-error-summary a")
    page.wait_for_function("document.activeElement.id === 'level'")


def test_the_language_switch_keeps_what_was_typed(server, open_page):
    page = open_page()
    be(page, server, "en", LEAD)
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/ACD-7")
    page.fill("#evidence", "Half-way through a sentence")
    press(page, ".language-switch button")
    assert "/cy/reflections/2026/north-powys/questions/ACD-7" in page.url
    assert page.input_value("#evidence") == "Half-way through a sentence"
    assert page.get_attribute("html", "lang") == "cy"


def test_everything_works_without_javascript_and_by_keyboard(server, open_page):
    page = open_page(java_script_enabled=False)
    be(page, server, "en", LEAD)
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/FACTORS-1")
    assert page.is_visible("#detail_funding")
    page.check('input[value="funding"]', force=True)
    page.fill("#detail_funding", "No money after March")
    press(page, SAVE)
    assert page.url.endswith("FACTORS-2")
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/PCMW-09")
    page.focus("#level")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard alone")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/PCMW-10")
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/PCMW-09")
    assert page.input_value("#evidence") == "By keyboard alone"
    assert page.is_checked('input[value="developing"]')
