"""Jobs that make PDFs: each is started once, however many people request it, and its result stored by input hash."""

import hashlib
import shutil
import subprocess
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reports.pdf import process
from reports.pdf.failures import STOPPED
from reports.pdf.process import PdfInput

GIVEN_UP_AFTER = 180
"""Seconds after which an order that left neither PDF nor reason is taken to be lost, from when its turn came."""
KEPT = 500 * 1024**2
"""Bytes that the folder of kept PDFs may grow to; beyond them the longest unused go first."""


class PdfJobState(StrEnum):
    """How far an order has come."""

    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class PdfJob:
    """A PDF that was asked for: where it will be, how far it is, and the reason where it failed."""

    path: Path
    stage: PdfJobState
    reason: str = ""


_running: list[subprocess.Popen[bytes]] = []
"""The processes that this one started: waited for, so that none stays behind as a zombie."""


def request_pdf_job(manuscript: PdfInput, folder: Path, *, again: bool = False) -> PdfJob:
    """Ask for the PDF of a report, started once however many ask; call again to see how far it is.

    `again` tries anew what failed.
    """
    written = manuscript.written()
    ordered = _order(written, folder)
    if again and ordered.stage is PdfJobState.FAILED:
        retry_pdf_job(ordered)
        return _order(written, folder)
    return ordered


def _order(written: bytes, folder: Path) -> PdfJob:
    path = folder / f"{hashlib.sha256(written).hexdigest()}.pdf"
    given = path.with_suffix(".manuscript")
    try:
        if not path.exists() and _claim(given, written):
            _begin(path, given)
        if path.exists():
            path.touch()  # used now: the last to be removed
            return PdfJob(path, PdfJobState.READY)
        return _how_far(path, given)
    except FileNotFoundError:  # it was finished between two looks
        return PdfJob(path, PdfJobState.PREPARING)
    except OSError as fault:
        return PdfJob(path, PdfJobState.FAILED, str(fault))


def _how_far(path: Path, given: Path) -> PdfJob:
    reason = path.with_suffix(".failed")
    if reason.exists():
        return PdfJob(path, PdfJobState.FAILED, reason.read_text("utf-8"))
    is_lost = time.time() - given.stat().st_mtime > GIVEN_UP_AFTER
    return PdfJob(path, PdfJobState.FAILED, STOPPED) if is_lost else PdfJob(path, PdfJobState.PREPARING)


def retry_pdf_job(failed: PdfJob) -> None:
    """Forget that an order failed, so that it can be asked for again."""
    for suffix in (".failed", ".manuscript"):
        failed.path.with_suffix(suffix).unlink(missing_ok=True)


def _claim(given: Path, written: bytes) -> bool:
    """Whether this caller is the one to start the process: exactly one writes the input."""
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
    """Start a process on a claimed input, unless its PDF was finished just before the claim."""
    if path.exists():
        given.unlink(missing_ok=True)
        return
    _running[:] = [each for each in _running if each.poll() is None]
    try:
        _running.append(process.start_process(given, folder=given.parent))
    except OSError:
        given.unlink(missing_ok=True)
        raise
    _make_room(given.parent)


def _make_room(folder: Path) -> None:
    """Remove what was used longest ago while the folder is too large, and what killed processes left behind."""
    files = [(file, file.stat()) for file in folder.iterdir() if file.suffix != ".place"]
    total = sum(about.st_size for file, about in files if file.is_file())
    for file, about in sorted(files, key=lambda each: each[1].st_mtime):
        if time.time() - about.st_mtime < GIVEN_UP_AFTER:
            return
        if file.is_dir():
            shutil.rmtree(file, ignore_errors=True)
        elif total > KEPT or file.suffix == ".unfinished":
            file.unlink(missing_ok=True)
            total -= about.st_size
