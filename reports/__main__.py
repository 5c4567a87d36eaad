"""`python -m reports REPORT.manuscript` makes REPORT.pdf from HTML input; `--all FOLDER WORKERS` makes many.

Each PDF is made within limits of memory and time and is complete or absent; the reason of a failure is written
beside the input.
"""

import errno
import fcntl
import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Never

from reports.pdf.failures import STOPPED, FontMissing, LibraryMissing
from reports.pdf.process import PdfInput

MEMORY = 2 * 1024**3
SECONDS = 120
AT_ONCE = 2
"""The most PDFs made at once in one folder, each with 80 MB to 2 GB of memory; others wait."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def main(words: list[str]) -> None:
    """Make one PDF or many."""
    os.nice(10)
    if words[0] == "--all":
        print_all(Path(words[1]), int(words[2]))
    else:
        print_one(Path(words[0]), Path(words[0]).with_suffix(".pdf"))


def print_one(given: Path, path: Path) -> None:
    """Make the PDF of an HTML input file, and delete the input."""
    unfinished = path.with_suffix(".unfinished")
    try:
        with _turn(given):
            _limit()
            printed = _printed(PdfInput.read(given.read_bytes()))
        with unfinished.open("wb") as file:
            file.write(printed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        given.unlink()
    except BaseException as fault:  # WeasyPrint's refusal to fetch is no Exception
        unfinished.unlink(missing_ok=True)  # on a full disk this makes room for the reason
        given.with_suffix(".failed").write_text(_reason(fault), "utf-8")
        raise


def print_all(folder: Path, workers: int) -> None:
    """Make each PDF of `orders.json` in a process of its own, `workers` at a time; print a line for each one finished.

    Each process is a fork of this one, which has loaded all libraries, and frees its memory when it ends.
    """
    orders: dict[str, str] = json.loads((folder / "orders.json").read_text("utf-8"))
    waiting = sorted(orders, reverse=True)
    running: dict[int, str] = {}
    with suppress(LibraryMissing):  # each forked process reports it as its reason
        _press()
    gc.freeze()
    while waiting or running:
        while waiting and len(running) < workers:
            name = waiting.pop()
            running[_forked(folder / name, Path(orders[name]))] = name
        pid, status = os.wait()
        name = running.pop(pid)
        print(json.dumps([name, _told(folder / name, Path(orders[name])) if status else ""]), flush=True)  # noqa: T201


def _forked(given: Path, path: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = os.EX_SOFTWARE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        print_one(given, path)
        status = os.EX_OK
    finally:
        os._exit(status)


def _told(given: Path, path: Path) -> str:
    """Return why a PDF was not made, and delete a partial file; a killed process leaves no reason."""
    path.with_suffix(".unfinished").unlink(missing_ok=True)
    reason = given.with_suffix(".failed")
    return reason.read_text("utf-8") if reason.exists() else STOPPED


@contextmanager
def _turn(given: Path) -> Iterator[None]:
    """Wait for one of the folder's slots and hold it; touches the input, so that it is not cleaned up meanwhile."""
    with ExitStack() as opened:
        names = (given.parent / f"{number}.place" for number in range(AT_ONCE))
        places = [opened.enter_context(name.open("w")) for name in names]
        while not any(_is_ours(place) for place in places):
            os.utime(given)
            time.sleep(0.2)
        os.utime(given)
        yield


def _is_ours(place: IO[str]) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    signal.signal(signal.SIGXCPU, _too_long)


def _too_long(*_given: object) -> Never:
    raise TimeoutError


def _reason(fault: BaseException) -> str:
    match fault:
        case MemoryError():
            return f"memory: {MEMORY // 1024**2}"
        case TimeoutError():
            return f"time: {SECONDS}"
        case OSError(errno=number) if number in NO_ROOM:
            return f"disk: {fault.strerror}"
        case FontMissing():
            return f"font: {fault}"
        case LibraryMissing():
            return f"library: {fault}"
    return f"{type(fault).__name__}: {fault}"


def _printed(manuscript: PdfInput) -> bytes:
    printed: bytes = _press().render(manuscript)
    return printed


def _press() -> Any:
    try:
        from reports.pdf import render as pdf  # noqa: PLC0415 - its libraries may be missing, and that needs saying well
    except OSError as fault:
        raise LibraryMissing(str(fault).partition("\n")[0]) from fault
    return pdf


if __name__ == "__main__":
    main(sys.argv[1:])
