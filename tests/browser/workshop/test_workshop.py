"""A workshop with five browsers: phones vote, the lead shows the distribution and records the answer, all see it."""

import pytest
from playwright.sync_api import expect

from tests.support.browser_people import LEAD, PHONE, QUESTIONNAIRE, SAVE, be, fair, press, sign_in

MEMBERS = [f"{who}.north-powys@example.wales" for who in ("member", "nurse", "optometrist", "dentist")]
LEVELS = ("foundation", "developing", "developing", "mature")
AGREED, CLOSED = "Cytunwyd ar: Datblygu", "Nid yw'r drafodaeth ar agor"


def home(server, language: str) -> str:
    return f"{server.address}/{language}/reflections/2026/north-powys"


def test_four_members_vote_on_phones_the_lead_records_and_all_see_the_result(server, open_page):
    """The members vote in Welsh; the lead leads the workshop in English, by keyboard alone."""
    language = "cy"
    lead = open_page()
    be(lead, server, language, LEAD)
    lead.goto(f"{home(server, language)}/workshop/")
    fair(lead, "The discussion")
    lead.check("input[value=differences]", force=True)
    lead.fill("#present", "5")
    lead.check("input[value=dentistry]", force=True)
    press(lead, "form#typed button.nhsuk-button")
    title = lead.inner_text("h1")
    assert lead.locator(".spread").count() == 0
    assert lead.locator("#do-reveal").count() == 1

    phones = [open_page(width=PHONE) for _member in MEMBERS]
    for phone, member in zip(phones, MEMBERS, strict=True):
        sign_in(phone, server, member, language)
        phone.goto(f"{home(server, language)}/vote")
        assert phone.inner_text("h1") == title
        assert phone.locator(".vote").count() == 0
    fair(phones[0])

    press(lead, "#do-ask")
    short = lead.inner_text(".screen__address")
    lost = phones[3]
    lost.goto(f"http://{short}")
    assert lost.inner_text("h1") == title
    for number, (phone, level) in enumerate(zip(phones, LEVELS, strict=True), start=1):
        phone.wait_for_selector(".vote", timeout=8000)
        press(phone, f".vote button[value={level}]")
        assert phone.get_attribute(f".vote button[value={level}]", "aria-pressed") == "true"
        expect(lead.locator("#voted")).to_have_text(str(number), timeout=8000)
        assert lead.locator(".spread").count() == 0
    fair(phones[0])
    fair(lead)

    lost.context.set_offline(True)
    press(lead, "#do-count")
    assert "1" in lead.inner_text(".spread")
    for phone in phones[:3]:
        phone.wait_for_selector(".spread", timeout=8000)
    assert lost.locator(".vote").count() == 1
    lost.context.set_offline(False)
    lost.wait_for_selector(".spread", timeout=20000)

    press(lead, "#record")
    lead.click(".level-card--developing .nhsuk-radios__hint")
    lead.fill("#why", "Most of the room saw it so.")
    lead.fill("#next_step", "Meet again in March.")
    press(lead, SAVE)
    assert lead.url.endswith("/workshop/screen")
    assert "Most of the room saw it so." in lead.inner_text("main")
    for phone in phones:
        phone.wait_for_selector(".vote__agreed", timeout=8000)
        assert phone.inner_text(".vote__agreed") == AGREED
    fair(phones[0])
    fair(lead)

    press(lead, "#next")
    for phone in phones:
        expect(phone.locator("h1")).not_to_have_text(title, timeout=8000)
    lead.click("details:has(#do-close) summary")
    press(lead, "#do-close")
    for phone in phones:
        expect(phone.locator("h1")).to_have_text(CLOSED, timeout=8000)
    outcome = next(each for each in QUESTIONNAIRE.outcomes if each.title[language] == title)
    lead.goto(f"{home(server, language)}/answers#{outcome.code}")
    assert "Most of the room saw it so." in lead.inner_text(f"#{outcome.code}")


def test_the_pages_of_reflecting_together_have_no_accessibility_violation(server, open_page):
    page = open_page(width=PHONE)
    be(page, server, "cy", LEAD)
    for address in ("views/", "views/PCMW-01", "workshop/", "workshop/tell", "vote", "questions/PCMW-01/versions"):
        assert page.goto(f"{home(server, 'cy')}/{address}").status == 200
        assert page.url.endswith(address)
        fair(page)
    page.goto(f"{home(server, 'cy')}/workshop/")
    page.check("input[value=usual]", force=True)
    page.fill("#present", "5")
    press(page, "form#typed button.nhsuk-button")
    press(page, "#do-reveal")
    assert page.locator(".spread").count() == 1
    fair(page)
    page.goto(f"{home(server, 'cy')}/views/PCMW-01")
    assert page.locator("form#typed").count() == 0
    fair(page, QUESTIONNAIRE.items["PCMW-01"].title["cy"])


def tab_to(page, selector: str) -> None:
    """Move the focus to an element with the Tab key alone; in a group of radios, to the chosen or the first one."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by Tab on {page.url}")


def press_by_key(page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_whole_discussion_is_led_and_voted_in_by_keyboard_alone(server, open_page, script):
    lead = open_page(java_script_enabled=script)
    member = open_page(width=PHONE, java_script_enabled=script)
    for page, person in ((lead, LEAD), (member, MEMBERS[0])):
        be(page, server, "en", person)
    member.goto(f"{home(server, 'en')}/views/PCMW-02")
    tab_to(member, "[name=level]")
    member.keyboard.press("ArrowDown")
    tab_to(member, "#note")
    member.keyboard.type("By keyboard alone")
    press_by_key(member, "button[name=save_and_leave]")
    lead.goto(f"{home(server, 'en')}/workshop/")
    tab_to(lead, "[name=order]")
    lead.keyboard.press("ArrowDown")
    tab_to(lead, "#present")
    lead.keyboard.type("5")
    with lead.expect_navigation():
        lead.keyboard.press("Enter")
    assert lead.url.endswith("/screen")
    press_by_key(lead, "#do-reveal")
    assert lead.locator(".spread").count() == 1
    press_by_key(lead, "#do-ask")
    member.goto(f"{home(server, 'en')}/vote")
    press_by_key(member, ".vote button[value=mature]")
    assert "Your choice has been recorded: Mature" in member.inner_text("main")
    press_by_key(lead, "#do-count")
    assert "Still hidden: 1 given so far" in lead.inner_text("main")
    assert lead.locator(".spread").count() == 1
    press_by_key(lead, "#record")
    tab_to(lead, "[name=level]")
    lead.keyboard.press("ArrowDown")
    tab_to(lead, "#why")
    lead.keyboard.type("Agreed by keyboard")
    press_by_key(lead, "form#typed .nhsuk-button-group button:not([name])")
    assert "Agreed by keyboard" in lead.inner_text("main")
    press_by_key(lead, "#next")
    assert "2 of 20" in lead.inner_text("main")
    tab_to(lead, "details:has(#do-close) summary")
    lead.keyboard.press("Enter")
    press_by_key(lead, "#do-close")
    assert "One person has voted" in lead.inner_text("#loses")
    if script:
        fair(lead)
    press_by_key(lead, "#give-up")
    assert lead.url.endswith("/workshop/")


def test_a_private_view_saves_by_itself_on_a_phone(server, open_page):
    phone = open_page(width=PHONE)
    be(phone, server, "cy", MEMBERS[0])
    phone.goto(f"{home(server, 'cy')}/views/ACD-7")
    phone.fill("#note", "Ŵyn a gŵydd")
    expect(phone.locator("[data-save-state]")).to_contain_text("Cadwyd am", timeout=8000)
    phone.reload()
    assert phone.input_value("#note") == "Ŵyn a gŵydd"
