"""Reports and their publication in a real browser: usable by everyone, on a phone and on a desktop."""

import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.people import LEAD, ONLY_BUTTON, STAFF, be, press

PUBLISHED = "/reports/2024/1"
EVERYONE = ("/reports/", f"{PUBLISHED}/", f"{PUBLISHED}/national/wales", f"{PUBLISHED}/board/7A7")
OF_PEOPLE = (
    ("officer.7a7@example.wales", (f"{PUBLISHED}/board-inside/7A7",)),
    (LEAD, (f"{PUBLISHED}/cluster/north-powys",)),
    (STAFF, ("/cycles/2024/reports/", "/cycles/2026/reports/", "/cycles/2024/reports/pack/1")),
)


def fair(page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("cy", 1280)])
def test_reports_are_fair_to_everyone_and_the_national_pdf_needs_no_account(server, open_page, language, width):
    home = f"{server.address}/{language}"
    reader = open_page(width=width)
    for address in EVERYONE:
        reader.goto(home + address)
        fair(reader, width)
    for person, addresses in OF_PEOPLE:
        page = open_page(width=width)
        be(page, server, language, person)
        for address in addresses:
            assert page.goto(home + address).status == 200
            fair(page, width)

    page.goto(f"{home}/cycles/2024/reports/publish")
    page.fill(f"#correction_{language}", "One line. " * 20)
    press(page, ONLY_BUTTON)
    assert page.locator(".nhsuk-error-summary li").count() == 1
    assert page.input_value(f"#correction_{language}") == ("One line. " * 20).strip()
    fair(page, width)

    assert download(reader, f"{home}{PUBLISHED}/national/wales.pdf").startswith(b"%PDF-1.7")


def download(page, address: str) -> bytes:
    """The PDF, asked for without any cookie, when it is ready."""
    for _ in range(60):
        with urllib.request.urlopen(address, timeout=30) as answer:
            if answer.status == 200:
                return answer.read()
        page.wait_for_timeout(500)
    pytest.fail("the PDF was not made in time")
