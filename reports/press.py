"""The press: PDFs are made in processes of their own, within limits, and kept by the hash of what they show.

Nobody who saves an answer waits for it, and a page that breaks the press breaks nothing else.
"""

import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).parents[1]
GIVEN_UP_AFTER = 180
"""Seconds after which an order that left neither PDF nor reason is taken to be lost."""
KEPT = 500 * 1024**2
"""Bytes that the folder of kept PDFs may grow to; beyond them the longest unused go first."""
STOPPED = "the press was stopped before the PDF was made"


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
    """A PDF that was asked for: where it will be, how far it is, and the reason where it failed."""

    path: Path
    stage: Stage
    reason: str = ""


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
    given = path.with_suffix(".manuscript")
    try:
        if not path.exists() and _claim(given, written):
            _begin(path, given)
        if path.exists():
            path.touch()  # used now: the last to be removed
            return Order(path, Stage.READY)
        return _how_far(path, given)
    except FileNotFoundError:  # it was finished between two looks
        return Order(path, Stage.PREPARING)
    except OSError as fault:
        return Order(path, Stage.FAILED, str(fault))


def _how_far(path: Path, given: Path) -> Order:
    reason = path.with_suffix(".failed")
    if reason.exists():
        return Order(path, Stage.FAILED, reason.read_text("utf-8"))
    is_lost = time.time() - given.stat().st_mtime > GIVEN_UP_AFTER
    return Order(path, Stage.FAILED, STOPPED) if is_lost else Order(path, Stage.PREPARING)


def retry(failed: Order) -> None:
    """Forget that an order failed, so that it can be asked for again."""
    for suffix in (".failed", ".manuscript"):
        failed.path.with_suffix(suffix).unlink(missing_ok=True)


def print_now(manuscript: Manuscript) -> bytes:
    """The PDF of a report, made while the caller waits; PressFailed says why not."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "report.manuscript"
        _give(given, manuscript)
        _start(given, folder=given.parent).wait()
        if given.with_suffix(".pdf").exists():
            return given.with_suffix(".pdf").read_bytes()
        reason = given.with_suffix(".failed")
        raise PressFailed(reason.read_text("utf-8") if reason.exists() else STOPPED)


def print_all(
    orders: Sequence[tuple[Path, Manuscript]], *, workers: int = 2, told: Callable[[Path], None] = lambda _path: None
) -> dict[Path, str]:
    """Make many PDFs where they are wanted, whole or not at all; returns the reason of each that failed.

    Those that are there already are left as they are: what was stopped goes on where it was. `told` hears of each
    once, whether it was there, was made or failed. PressFailed when there is no room to begin.
    """
    failed, waiting = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (path, manuscript) in enumerate(orders):
            if path.exists():
                told(path)
            else:
                waiting[f"{number:06}.manuscript"] = path
                _give(Path(folder) / f"{number:06}.manuscript", manuscript)
        (Path(folder) / "orders.json").write_text(json.dumps({name: str(path) for name, path in waiting.items()}))
        with closing(_finished(Path(folder), workers)) as finished:
            for name, reason in finished:
                path = waiting.pop(name)
                if reason:
                    failed[path] = reason
                told(path)
    return failed | dict.fromkeys(waiting.values(), STOPPED)


def _give(given: Path, manuscript: Manuscript) -> None:
    try:
        given.write_bytes(manuscript.written())
    except OSError as fault:
        raise PressFailed(str(fault)) from fault


def _finished(folder: Path, workers: int) -> Generator[tuple[str, str]]:
    """Run the press over a folder of manuscripts; tells each that is finished, with the reason if it failed."""
    press = _start("--all", folder, workers, folder=folder, stdout=subprocess.PIPE)
    try:
        for line in press.stdout or ():
            name, reason = json.loads(line)
            yield name, reason
    finally:
        with suppress(ProcessLookupError):
            os.killpg(press.pid, signal.SIGTERM)
        press.communicate()


def _claim(given: Path, written: bytes) -> bool:
    """Whether this caller is the one to start the press: the manuscript is written by exactly one."""
    given.parent.mkdir(parents=True, exist_ok=True)
    try:
        with given.open("xb") as file:
            file.write(written)
    except FileExistsError:
        return False
    except OSError:  # no room on the disk: nothing half written stays
        given.unlink(missing_ok=True)
        raise
    return True


def _begin(path: Path, given: Path) -> None:
    """Start the press on a claimed manuscript, unless it was finished just before the claim."""
    if path.exists():
        given.unlink(missing_ok=True)
        return
    _running[:] = [press for press in _running if press.poll() is None]
    try:
        _running.append(_start(given, folder=given.parent))
    except OSError:
        given.unlink(missing_ok=True)
        raise
    _make_room(given.parent)


def _make_room(folder: Path) -> None:
    """Remove what was used longest ago while the folder is too large, and what killed presses left behind."""
    files = [(file, file.stat()) for file in folder.iterdir()]
    total = sum(about.st_size for file, about in files if file.is_file())
    for file, about in sorted(files, key=lambda each: each[1].st_mtime):
        if time.time() - about.st_mtime < GIVEN_UP_AFTER:
            return
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        elif total > KEPT or file.suffix == ".unfinished":
            file.unlink(missing_ok=True)
            total -= about.st_size


def _start(*words: object, folder: Path, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start `python -m reports`; what it needs to keep for a while (fonts) it keeps in `folder`."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and paths of our own making
        [sys.executable, "-m", "reports", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
