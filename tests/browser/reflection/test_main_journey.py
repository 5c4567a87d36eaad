"""The main journey in a real browser: a lead answers and submits, staff see it and download the national summary."""

import re
import sqlite3
from contextlib import closing
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.support.browser_people import (
    DEPUTY,
    DESKTOP,
    EVIDENCE,
    LEAD,
    LEAVE,
    ONLY_BUTTON,
    PHONE,
    QUESTIONNAIRE,
    SAVE,
    STAFF,
    answer,
    answer_the_rest,
    ask_for_link,
    be,
    fair,
    open_link,
    press,
    sign_in,
)
from tests.support.pdf_reading import text_of_pages

NORTH_POWYS = "Gogledd Powys"
WALES = {"en": "Wales {} of 60", "cy": "Cymru {} o 60"}


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
    printed = pdf_behind(staff, ".faces a >> nth=0")
    assert PdfReader(BytesIO(printed)).trailer["/Root"]["/Lang"] == language
    assert f"{WALES[language].format(before + 1)} (" in "\n".join(text_of_pages(printed))


def pdf_behind(page, link: str) -> bytes:
    """Click a link to a PDF, wait until the page that is shown meanwhile opens it, and return its bytes."""
    with page.expect_response(is_pdf, timeout=60_000) as answered:
        page.click(link, no_wait_after=True)
    assert answered.value.status == 200
    return page.request.get(answered.value.url).body()


def is_pdf(answer) -> bool:
    return answer.request.method == "GET" and answer.headers.get("content-type") == "application/pdf"


PUBLIC = ["/", "/sign-in", "/demonstration", "/help", "/accessibility", "/privacy", "/reports/", "/nowhere"]
PAGES = [
    "/",
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
STAFF_PAGES = ["/", "/cycles/2026/", "/reports/2024/1/national/wales", "/sign-out"]
STATUS = {"/nowhere": 404, "/sign-out": 405}
"""URLs that do not answer 200: an unknown page, and one that allows only POST."""


@pytest.mark.parametrize(("language", "width"), [("en", DESKTOP), ("cy", PHONE)])
def test_no_page_has_an_accessibility_violation_or_is_too_wide(server, open_page, language, width):
    for persona, addresses in ((None, PUBLIC), (LEAD, PAGES), (STAFF, STAFF_PAGES)):
        page = open_page(width=width)
        if persona:
            be(page, server, language, persona)
        for address in addresses:
            assert page.goto(f"{server.address}/{language}{address}").status == STATUS.get(address, 200), address
            assert page.url.endswith(f"/{language}{address}")
            fair(page)


def test_the_pages_that_say_that_something_went_wrong_are_fair(server, open_page):
    page = open_page()
    be(page, server, "cy", LEAD)
    page.goto(f"{server.address}/cy/sign-out")
    fair(page, "This request could not be understood")
    for table in ("answers", "people"):  # without answers no task list, without people nobody is signed in
        with closing(sqlite3.connect(server.folder / "test.db")) as database:
            database.execute(f"ALTER TABLE {table} RENAME TO lost_{table}")
        assert page.goto(f"{server.address}/cy/reflections/2026/north-powys/").status == 500
        assert page.locator("header").count() == (table == "answers")
        fair(page, "Something went wrong on our side")


def test_the_pages_on_the_way_have_no_accessibility_violation(server, open_page):
    language = "cy"
    home = f"{server.address}/{language}/reflections/2026/north-powys"
    lead, deputy, staff, stranger = (open_page(width=390) for _ in range(4))
    ask_for_link(stranger, server, LEAD, language)
    fair(stranger, "Check your email")
    open_link(stranger, server)
    fair(stranger, "Sign in to cluster self-reflection")
    stranger.goto(f"{server.address}/{language}/sign-in/unknown")
    fair(stranger, "This link cannot be used")
    for _ in range(5):
        ask_for_link(stranger, server, LEAD, language)
    fair(stranger, "Too many links asked for")
    be(lead, server, language, LEAD)
    be(deputy, server, language, DEPUTY)
    be(staff, server, language, STAFF)
    lead.goto(f"{server.address}/{language}/cycles/2026/")
    fair(lead, "You do not have access to this page")

    for page, words in ((lead, "First"), (deputy, "Second")):
        page.goto(f"{home}/questions/PCMW-01")
        page.fill("#evidence", words)
    for page in (lead, deputy):
        press(page, SAVE)
    assert "First" in deputy.inner_text(".shown-text")
    assert deputy.input_value("#evidence") == "Second"
    fair(deputy, "Somebody else saved this answer")
    stranger.goto(f"{server.address}/{language}/demonstration")
    be(stranger, server, language, DEPUTY)
    stranger.goto(f"{home}/questions/PCMW-02")
    stranger.fill("#evidence", "Typed before the session ended")
    stranger.context.clear_cookies()
    press(stranger, LEAVE)
    assert "Typed before the session ended" in stranger.inner_text("main")
    fair(stranger, "Sign in again")

    answer_the_rest(server)
    lead.goto(f"{home}/submit")
    fair(lead, "Submit the reflection")
    press(lead, ONLY_BUTTON)
    fair(lead, "The reflection is submitted")
    lead.goto(f"{home}/submissions/1")
    fair(lead, "Answers from %(cluster)s, %(year)s", cluster=NORTH_POWYS, year=2026)
    press(deputy, "form#typed .nhsuk-grid-row button >> nth=-1")
    assert "Second" in deputy.inner_text(".shown-text")
    fair(deputy, "This could not be saved")
    staff.goto(f"{server.address}/{language}/cycles/2026/north-powys/reopen")
    fair(staff, "Reopen the %(cluster)s reflection", cluster=NORTH_POWYS)
    second_tab = staff.context.new_page()
    second_tab.goto(staff.url)
    for page in (staff, second_tab):
        page.fill("#reason", "A figure was wrong.")
        press(page, ONLY_BUTTON)
    fair(second_tab, "There is nothing to reopen")
    address = f"{server.address}/{language}/reports/2026/draft/national/wales.pdf"
    in_the_way = server.folder / "reports"
    in_the_way.touch()
    answered = staff.goto(address)
    in_the_way.unlink()
    assert answered.status == 500
    fair(staff, "The PDF could not be made")
    staff.route(f"{address}*", not_yet)
    press(staff, "main a.nhsuk-button")
    fair(staff, "The PDF is being made")
    staff.unroute(f"{address}*")
    with staff.expect_response(is_pdf, timeout=60_000):
        pass  # the page reloads itself


def not_yet(route) -> None:
    """Answer the script of a page that its PDF is not ready; let the page itself load."""
    if route.request.method == "HEAD":
        route.fulfill(status=202)
    else:
        route.continue_()


def test_an_error_is_announced_and_leads_to_its_field(server, open_page):
    page = open_page(width=360)
    be(page, server, "en", LEAD)
    page.goto(f"{server.address}/en/reflections/2026/north-powys/questions/ACD-7")
    press(page, SAVE)
    page.wait_for_function("document.activeElement.className === 'nhsuk-error-summary'")
    assert page.title().startswith("Error: ")
    fair(page, QUESTIONNAIRE.items["ACD-7"].title["en"])
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


def test_a_question_is_answered_without_javascript_and_by_keyboard(server, open_page):
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
