"""The folder of a pack of reports: which process works on it, and how many PDFs are made."""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.domain.errors import AlreadyBeingMade
from config import ROOT, Settings

MAKING, BEGUN = "making.lock", "begun.lock"
"""Held by whoever makes a pack, and by a maker in the background from the moment it is started until it ends."""


@dataclass(frozen=True)
class PackProgress:
    """How far a pack is: how many of its PDFs are made, and whether somebody is at work on it."""

    made: int
    #: 0 before anybody began.
    total: int
    is_running: bool
    #: The pack, once it is whole.
    ready: Path | None
    #: The reason why it stopped, "" where there is none.
    failed: str = ""


def begin_packing(folder: Path, total: int) -> None:
    """Remember that so many PDFs are to be made, and nothing of an attempt before."""
    (folder / "total").write_text(str(total), "utf-8")
    (folder / "failed").unlink(missing_ok=True)


def fail_packing(folder: Path, reason: str) -> None:
    """Remember why the pack could not be made."""
    with suppress(OSError):  # on a full disk there may be no room for the reason either
        (folder / "failed").write_text(reason, "utf-8")


def packing_progress(ready: Path) -> PackProgress:
    """Return how far the making of the pack in this folder has come."""
    folder = ready.parent
    failed, total = folder / "failed", folder / "total"
    return PackProgress(
        made=sum(1 for _each in folder.glob("??/*.pdf")),
        total=int(total.read_text("utf-8")) if total.exists() else 0,
        is_running=_is_taken(folder, BEGUN) or _is_taken(folder, MAKING),
        ready=ready if ready.exists() else None,
        failed=failed.read_text("utf-8") if failed.exists() else "",
    )


def start_packing(folder: Path, year: int, version: str, settings: Settings) -> None:
    """Make a pack in a process of its own; where one is at work already, it goes on alone.

    The process is given a lock that is held already and ends with it: from now on it is known to be at work, and
    as soon as it ends, however it ends, it is known not to be. What it says stays in `log`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(AlreadyBeingMade), exclusive_packing(folder, BEGUN) as lock, (folder / "log").open("wb") as log:
        subprocess.Popen(  # noqa: S603 - our own interpreter and command
            [
                *(sys.executable, "-m", "flask", "--app", "wsgi", "report", "pack"),
                *("--cycle", str(year), "--version", version, "--prepare"),
            ],
            cwd=ROOT,
            env={**os.environ, **settings.as_environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=[lock.fileno()],
            start_new_session=True,
        )


def remove_pack(folder: Path) -> None:
    """Remove the folder of a pack, unless somebody is at work on it."""
    with (
        suppress(AlreadyBeingMade, FileNotFoundError),
        exclusive_packing(folder, BEGUN),
        exclusive_packing(folder, MAKING),
    ):
        shutil.rmtree(folder)


@contextmanager
def exclusive_packing(folder: Path, name: str = MAKING) -> Iterator[IO[str]]:
    """Hold a lock of the folder; AlreadyBeingMade when somebody else does. It ends with the process, however that ends.

    Whoever only looks whether somebody is at work holds it for a moment: it is tried more than once.
    """
    with (folder / name).open("w") as lock:
        for tries_left in reversed(range(10)):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as taken:
                if not tries_left:
                    raise AlreadyBeingMade from taken
                time.sleep(0.1)
        yield lock


def _is_taken(folder: Path, name: str) -> bool:
    try:
        with (folder / name).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
