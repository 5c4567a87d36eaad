"""The workbook in a real browser, with axe on every page, and a file that is far too large."""

from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.support.browser_people import LEAD, ONLY_BUTTON, be, fair, press
from tests.support.workbooks import edited, writing


def choose(page, content: bytes) -> None:
    page.set_input_files("#file", {"name": "reflection.xlsx", "mimeType": "", "buffer": content})
    press(page, ONLY_BUTTON)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_workbook_is_loaded_back_on_accessible_pages(server, open_page, language):
    page = open_page()
    be(page, server, language, LEAD)
    home = f"{server.address}/{language}/reflections/2026/north-powys"
    page.goto(f"{home}/")
    with page.expect_download() as downloaded:
        page.click('a[href$="/workbook.xlsx"]')
    file = downloaded.value.path().read_bytes()
    page.goto(f"{home}/questions/PCMW-01")
    page.fill("#why", "In the service")
    press(page, "form#typed .nhsuk-button-group button >> nth=1")
    for code, field, text in (("PCMW-01", "why", "In the workbook"), ("ACD-7", "why", "Tŷ"), ("ACD-6", "level", "?")):
        file = edited(file, writing(code, field, text))
    page.goto(f"{home}/workbook")
    fair(page, "Upload a completed workbook")
    choose(page, file)
    fair(page, "What the workbook would change")
    press(page, ONLY_BUTTON)
    fair(page, "What the workbook would change")
    assert page.locator(".nhsuk-error-summary a").count() == 1
    page.check('input[value="take"]', force=True)
    press(page, ONLY_BUTTON)
    fair(page, "The answers from the workbook are saved")


def test_a_file_that_is_far_too_large_is_answered_with_a_page(server, open_page, tmp_path):
    page = open_page()
    be(page, server, "en", LEAD)
    page.goto(f"{server.address}/en/reflections/2026/north-powys/workbook")
    file = tmp_path / "reflection.xlsx"  # as a file: Playwright takes a minute to send so many bytes
    file.write_bytes(b"\0" * 45 * 1024**2)
    page.set_input_files("#file", file)
    press(page, ONLY_BUTTON)
    fair(page, "This is too much to send at once")


def test_it_is_answered_also_to_a_browser_that_sends_everything_first(server):
    host = urlsplit(server.address).netloc
    field = b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n'
    for size in (50 * 1024**2, 9 * 1024**2):  # over the limit of a request; over that of the form
        with closing(HTTPConnection(host, timeout=60)) as connection:
            content = field + b"x" * size + b"\r\n--b--\r\n"
            connection.request("POST", "/en/sign-in", content, {"Content-Type": "multipart/form-data; boundary=b"})
            answer = connection.getresponse()
            assert answer.status == 413
            assert b"A file can be up to 5 MB." in answer.read()
