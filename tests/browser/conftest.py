"""A real Chromium against a real server with the demonstration data."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OURS = ("http://127.0.0.1", "data:", "chrome")
"""What a page may ask: our server, itself, and the browser's own viewer of PDFs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them, so that they can be left out: pytest -m "not browser"."""
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """Where the product is served, and where its letters and database are."""

    address: str
    folder: Path


@pytest.fixture
def server(demo_database: Path, tmp_path: Path) -> Iterator[Server]:
    """The product as gunicorn serves it, on a copy of the demonstration data."""
    shutil.copy(demo_database, tmp_path / "test.db")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "APP_MODE": "demonstration",
        "SECRET_KEY": "k" * 32,
        "DATABASE_URL": f"sqlite:///{tmp_path}/test.db",
        "INSTANCE": str(tmp_path),
        "MAIL_URL": f"file:{tmp_path}/letters",
        "BASE_URL": address,
    }
    gunicorn = Path(sys.executable).with_name("gunicorn")
    with (tmp_path / "server.log").open("w") as log:
        process = subprocess.Popen(
            [gunicorn, "--workers", "2", "--no-control-socket", "--bind", f"127.0.0.1:{port}", "wsgi:app"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(f"{address}/health")
            yield Server(address, tmp_path)
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Makes a page in a browser of its own: a phone, a desktop, one without JavaScript."""
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


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer")
