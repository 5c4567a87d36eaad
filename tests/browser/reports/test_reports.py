"""Reports and their publication in a real browser: usable by everyone, on a phone and on a desktop."""

from tests.support.browser_people import LEAD, ONLY_BUTTON, PHONE, STAFF, be, fair, press

PUBLISHED = "/reports/2024/1"
EVERYONE = ("/reports/", f"{PUBLISHED}/", f"{PUBLISHED}/national/wales", f"{PUBLISHED}/board/7A7")
OF_PEOPLE = (
    ("officer.7a7@example.wales", (f"{PUBLISHED}/board-inside/7A7",)),
    (LEAD, (f"{PUBLISHED}/cluster/north-powys",)),
    (STAFF, ("/cycles/2024/reports/", "/cycles/2026/reports/", "/cycles/2024/reports/pack/1")),
)


def test_reports_and_their_publication_are_fair_to_everyone(server, open_page):
    home = f"{server.address}/cy"
    for person, addresses in ((None, EVERYONE), *OF_PEOPLE):
        page = open_page(width=PHONE)
        if person:
            be(page, server, "cy", person)
        for address in addresses:
            assert page.goto(home + address).status == 200
            assert page.url == home + address
            fair(page)

    page.goto(f"{home}/cycles/2024/reports/publish")
    page.fill("#correction_cy", "One line. " * 20)
    press(page, ONLY_BUTTON)
    assert page.locator(".nhsuk-error-summary li").count() == 1
    assert page.input_value("#correction_cy") == ("One line. " * 20).strip()
    fair(page, "Publish a correction of the reports for %(year)s", year=2024)
