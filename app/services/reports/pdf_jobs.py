"""Jobs that make PDFs: each is started once, however many people request it; files are named by the input's hash."""

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
"""Seconds from its turn after which a job with neither PDF nor reason of failure counts as failed."""
KEPT = 500 * 1024**2
"""The most bytes in the folder of PDFs; beyond that, the least recently used are deleted."""


class PdfJobState(StrEnum):
    """The state of a job."""

    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class PdfJob:
    """A requested PDF: its path, its state, and the reason if it failed."""

    path: Path
    stage: PdfJobState
    reason: str = ""


_running: list[subprocess.Popen[bytes]] = []
"""The child processes that were started; polled, so that none becomes a zombie."""


def request_pdf_job(manuscript: PdfInput, folder: Path, *, again: bool = False) -> PdfJob:
    """Start the job for an input in `folder`, or return the existing one; call again for its state.

    `again` restarts a job that failed.
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
            path.touch()  # the time of last use
            return PdfJob(path, PdfJobState.READY)
        return _how_far(path, given)
    except FileNotFoundError:  # it was finished between two of these checks
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
    """Delete the files of a failed job, so that it can be requested again."""
    for suffix in (".failed", ".manuscript"):
        failed.path.with_suffix(suffix).unlink(missing_ok=True)


def _claim(given: Path, written: bytes) -> bool:
    """Write the input file and return True; return False if another caller has written it."""
    given.parent.mkdir(parents=True, exist_ok=True)
    try:
        with given.open("xb") as file:
            file.write(written)
    except FileExistsError:
        return False
    except OSError:  # such as a full disk: leave no partial file
        given.unlink(missing_ok=True)
        raise
    return True


def _begin(path: Path, given: Path) -> None:
    """Start a process for an input that this caller wrote, unless its PDF was finished just before."""
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
    """Delete the least recently used PDFs while the folder is too large, and files that killed processes left."""
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
