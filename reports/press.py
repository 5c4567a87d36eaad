"""The press: each PDF is made in a process of its own and kept by the hash of what it shows.

Nobody who saves an answer waits for it, and a page that breaks the press breaks nothing else.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[1]
GIVEN_UP_AFTER = 180
"""Seconds after which an order that left neither PDF nor reason is taken to be lost."""


class Stage(StrEnum):
    """How far an order has come."""

    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Order:
    """A PDF that was asked for: where it will be, and how far it is."""

    path: Path
    stage: Stage


class PressFailed(Exception):
    """The PDF could not be made; the message is the reason, with what to do."""


_running: list[subprocess.Popen[bytes]] = []
"""The presses this process started: looked after, so that none stays behind as a zombie."""


def order(html: str, folder: Path, *, again: bool = False) -> Order:
    """Ask for the PDF of a page, started once however many ask; call again to see how far it is.

    `again` tries anew what failed.
    """
    ordered = _order(html, folder)
    if again and ordered.stage is Stage.FAILED:
        retry(ordered)
        return _order(html, folder)
    return ordered


def _order(html: str, folder: Path) -> Order:
    path = folder / f"{hashlib.sha256(html.encode()).hexdigest()}.pdf"
    if path.exists():
        return Order(path, Stage.READY)
    folder.mkdir(parents=True, exist_ok=True)
    page = path.with_suffix(".html")
    if _claim(page, html):
        _running[:] = [press for press in _running if press.poll() is None]
        _running.append(_start(page))
    failed = path.with_suffix(".failed").exists() or time.time() - page.stat().st_mtime > GIVEN_UP_AFTER
    return Order(path, Stage.FAILED if failed else Stage.PREPARING)


def retry(failed: Order) -> None:
    """Forget that an order failed, so that it can be asked for again."""
    for suffix in (".failed", ".html"):
        failed.path.with_suffix(suffix).unlink(missing_ok=True)


def print_now(html: str) -> bytes:
    """The PDF of a page, made while the caller waits; PressFailed says why not."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(html, "utf-8")
        _start(page).wait()
        if page.with_suffix(".pdf").exists():
            return page.with_suffix(".pdf").read_bytes()
        reason = page.with_suffix(".failed")
        raise PressFailed(reason.read_text("utf-8") if reason.exists() else "the press was stopped by its limits")


def _claim(page: Path, html: str) -> bool:
    """Whether this caller is the one to start the press: the page is written by exactly one."""
    try:
        with page.open("x", encoding="utf-8") as file:
            file.write(html)
    except FileExistsError:
        return False
    return True


def _start(page: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and a path of our own making
        [sys.executable, "-m", "reports", page],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
