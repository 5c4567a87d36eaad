"""Make PDFs in separate processes, within limits of memory and time.

So saving answers never waits for a PDF, and a failing PDF affects nothing else.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from reports.pdf.failures import STOPPED

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class PdfInput:
    """The input of a PDF: a report as HTML, and its data (CSV), which are embedded if there are any."""

    html: str
    data: bytes = b""
    #: The name that the file of data has in the PDF.
    data_name: str = ""

    def written(self) -> bytes:
        """Return the input as bytes for the process; their hash names the PDF."""
        data = base64.b64encode(self.data).decode()
        return json.dumps({"html": self.html, "data": data, "data_name": self.data_name}).encode()

    @classmethod
    def read(cls, written: bytes) -> "PdfInput":
        """Read the bytes of `written`."""
        parts = json.loads(written)
        return cls(parts["html"], base64.b64decode(parts["data"]), parts["data_name"])


class PdfFailed(Exception):
    """The PDF could not be made; the message is the reason, see reports.pdf.failures."""


def render_in_process(manuscript: PdfInput) -> bytes:
    """Make the PDF of a report and wait for it; PdfFailed with the reason."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "report.manuscript"
        _give(given, manuscript)
        start_process(given, folder=given.parent).wait()
        if given.with_suffix(".pdf").exists():
            return given.with_suffix(".pdf").read_bytes()
        reason = given.with_suffix(".failed")
        raise PdfFailed(reason.read_text("utf-8") if reason.exists() else STOPPED)


def render_many(
    orders: Sequence[tuple[Path, PdfInput]], *, workers: int = 2, told: Callable[[Path], None] = lambda _path: None
) -> dict[Path, str]:
    """Make many PDFs at their paths, each complete or not at all; return the reason of each that failed.

    Existing files are kept, so that an interrupted run continues where it stopped. `told` is called once for each path,
    whether it existed, was made or failed. Raises PdfFailed when the disk has no room for the inputs.
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


def _give(given: Path, manuscript: PdfInput) -> None:
    try:
        given.write_bytes(manuscript.written())
    except OSError as fault:
        raise PdfFailed(f"disk: {fault.strerror}") from fault


def _finished(folder: Path, workers: int) -> Generator[tuple[str, str]]:
    """Make the PDFs of a folder of inputs; yield each finished name, with the reason if it failed."""
    press = start_process("--all", folder, workers, folder=folder, stdout=subprocess.PIPE)
    try:
        for line in press.stdout or ():
            name, reason = json.loads(line)
            yield name, reason
    finally:
        with suppress(ProcessLookupError):
            os.killpg(press.pid, signal.SIGTERM)
        press.communicate()


def start_process(*words: object, folder: Path, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start `python -m reports`; its temporary files (fonts) go to `folder`."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and paths of our own making
        [sys.executable, "-m", "reports", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
