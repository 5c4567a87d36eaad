"""The folder of a report pack: locks of the process that makes it, and the number of PDFs made."""

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
"""Lock files: `MAKING` is held while a pack is made, `BEGUN` by a background process from its start to its end."""


@dataclass(frozen=True)
class PackProgress:
    """The number of PDFs made, and whether a process is making the pack."""

    made: int
    #: 0 before the pack is begun.
    total: int
    is_running: bool
    #: The path of the ZIP, once it is complete.
    ready: Path | None
    #: The reason why it failed, or "".
    failed: str = ""


def begin_packing(folder: Path, total: int) -> None:
    """Store the number of PDFs to make, and delete the reason of an earlier failure."""
    (folder / "total").write_text(str(total), "utf-8")
    (folder / "failed").unlink(missing_ok=True)


def fail_packing(folder: Path, reason: str) -> None:
    """Store why the pack could not be made."""
    with suppress(OSError):  # the disk may be full
        (folder / "failed").write_text(reason, "utf-8")


def packing_progress(ready: Path) -> PackProgress:
    """Return the progress of the pack that will be the file `ready`."""
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
    """Start a background process that makes a pack; do nothing if one is running.

    The process inherits the lock BEGUN, which is released when it ends, however it ends. Its errors go to `log`.
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
    """Delete the folder of a pack, unless a process is making the pack."""
    with (
        suppress(AlreadyBeingMade, FileNotFoundError),
        exclusive_packing(folder, BEGUN),
        exclusive_packing(folder, MAKING),
    ):
        shutil.rmtree(folder)


@contextmanager
def exclusive_packing(folder: Path, name: str = MAKING) -> Iterator[IO[str]]:
    """Hold a lock of the folder; raise AlreadyBeingMade if another process holds it for about a second.

    It is tried ten times, because `_is_taken` holds it for a moment. It is released when the process ends.
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
