"""Themes and quotes in a real browser, in Welsh on a phone, by keyboard; accessible."""

from tests.support.browser_people import ONLY_BUTTON, PHONE, STAFF, be, fair, press


def enter(page, selector: str) -> None:
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_text_is_read_coded_and_quoted_by_keyboard_on_a_phone(server, open_page):
    staff = open_page(width=PHONE)
    be(staff, server, "cy", STAFF)
    staff.goto(f"{server.address}/cy/cycles/2024/themes/")
    fair(staff)
    enter(staff, 'main a[href*="detail:funding"]')
    fair(staff)
    enter(staff, 'main a[href$="/rename"]')
    fair(staff)
    press(staff, ONLY_BUTTON)
    enter(staff, "main a.nhsuk-button[href*='/texts/']")
    fair(staff)
    staff.focus("input[name=themes]")
    staff.keyboard.press("Space")
    enter(staff, "button[name=clear]")
    staff.fill("#passage", "x" * 401)
    enter(staff, ONLY_BUTTON)
    assert staff.locator(".nhsuk-error-summary li").count() > 1
    fair(staff)
    words = staff.inner_text("#text").split(". ", 1)[1]
    staff.fill("#passage", words.split(".")[0] + ".")
    staff.focus("input[name=theme]")
    staff.keyboard.press("Space")
    staff.focus("input[name=confirmed]")
    staff.keyboard.press("Space")
    enter(staff, ONLY_BUTTON)
    assert staff.locator("blockquote").count() == 1
    fair(staff)
    enter(staff, 'main a[href$="/withdraw"]')
    fair(staff)
