"""The press: each PDF is made in a process of its own and kept by the hash of what it shows.

Nobody who saves an answer waits for it, and a page that breaks the press breaks nothing else.
"""

import base64
import hashlib
import json
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


@dataclass(frozen=True)
class Manuscript:
    """What the press is given: a report as a page, and its data (CSV), which the PDF carries when there are any."""

    html: str
    data: bytes = b""
    #: The name that the file of data has in the PDF.
    data_name: str = ""

    def written(self) -> bytes:
        """All of it as the press reads it; its hash is the name of the PDF."""
        data = base64.b64encode(self.data).decode()
        return json.dumps({"html": self.html, "data": data, "data_name": self.data_name}).encode()

    @classmethod
    def read(cls, written: bytes) -> "Manuscript":
        """What was written."""
        parts = json.loads(written)
        return cls(parts["html"], base64.b64decode(parts["data"]), parts["data_name"])


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


def order(manuscript: Manuscript, folder: Path, *, again: bool = False) -> Order:
    """Ask for the PDF of a report, started once however many ask; call again to see how far it is.

    `again` tries anew what failed.
    """
    written = manuscript.written()
    ordered = _order(written, folder)
    if again and ordered.stage is Stage.FAILED:
        retry(ordered)
        return _order(written, folder)
    return ordered


def _order(written: bytes, folder: Path) -> Order:
    path = folder / f"{hashlib.sha256(written).hexdigest()}.pdf"
    if path.exists():
        return Order(path, Stage.READY)
    folder.mkdir(parents=True, exist_ok=True)
    given = path.with_suffix(".manuscript")
    if _claim(given, written):
        _running[:] = [press for press in _running if press.poll() is None]
        _running.append(_start(given))
    failed = path.with_suffix(".failed").exists() or time.time() - given.stat().st_mtime > GIVEN_UP_AFTER
    return Order(path, Stage.FAILED if failed else Stage.PREPARING)


def retry(failed: Order) -> None:
    """Forget that an order failed, so that it can be asked for again."""
    for suffix in (".failed", ".manuscript"):
        failed.path.with_suffix(suffix).unlink(missing_ok=True)


def print_now(manuscript: Manuscript) -> bytes:
    """The PDF of a report, made while the caller waits; PressFailed says why not."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "report.manuscript"
        given.write_bytes(manuscript.written())
        _start(given).wait()
        if given.with_suffix(".pdf").exists():
            return given.with_suffix(".pdf").read_bytes()
        reason = given.with_suffix(".failed")
        raise PressFailed(reason.read_text("utf-8") if reason.exists() else "the press was stopped by its limits")


def _claim(given: Path, written: bytes) -> bool:
    """Whether this caller is the one to start the press: the manuscript is written by exactly one."""
    try:
        with given.open("xb") as file:
            file.write(written)
    except FileExistsError:
        return False
    return True


def _start(given: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and a path of our own making
        [sys.executable, "-m", "reports", given],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
