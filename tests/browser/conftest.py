"""Fixtures for browser tests: Chromium, and a server with the demonstration data."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.support.chromium import CHROMIUM, FLAGS
from tests.support.server import Server

OURS = ("http://127.0.0.1", "data:", "chrome")
"""URLs that a page may request: our server, data URLs, and the browser's own PDF viewer."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, so that they can be left out: pytest -m "not browser"."""
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def served(todays_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the product by gunicorn, once for all tests that do not stop the server."""
    server = Server(todays_database, tmp_path_factory.mktemp("served"))
    server.start("--preload", app="tests.support.preloaded_app:app")
    yield server
    server.stop()


@pytest.fixture
def server(served: Server, todays_database: Path) -> Server:
    """Restart that server's processes on a new copy of the demonstration data."""
    served.begin_anew(todays_database)
    return served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page with its own cookies, as a phone, a desktop or without JavaScript."""
    contexts, faults = [], []

    def make(width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"JavaScript failed: {error}"))
        page.on("request", lambda request: request.url.startswith(OURS) or faults.append(f"asked {request.url}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []
