"""A gunicorn server of the product on its own database: start, stop and kill it, start it with other keys."""

import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEY = "k" * 32


class Server:
    """A server with its URL, database and folder of e-mails; it keeps its port when it is started again."""

    def __init__(self, database: Path, folder: Path) -> None:
        shutil.copy(database, folder / "test.db")
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self, *options: str, app: str = "wsgi:app", **other: str) -> None:
        """Start gunicorn with these options and additional settings; return when it answers."""
        gunicorn = Path(sys.executable).with_name("gunicorn")
        command = [gunicorn, "--workers", "2", "--no-control-socket", "--bind", f"127.0.0.1:{self.port}", *options]
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, app],
                cwd=ROOT,
                env=self.environment(**other),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_for(self._answers)

    def stop(self) -> None:
        """Stop it after it has finished its requests, as a deployment does."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def begin_anew(self, database: Path) -> None:
        """Replace the worker processes and the database; the server must have been started with --preload."""
        before = _children(self.process.pid)
        self.process.send_signal(signal.SIGHUP)  # the old workers finish their requests first
        self._wait_for(lambda: len(_children(self.process.pid)) == 2 and not {*before} & {*_children(self.process.pid)})
        for left in ("letters", "reports"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        with closing(sqlite3.connect(database)) as new, closing(sqlite3.connect(self.folder / "test.db")) as old:
            new.backup(old)
        self._wait_for(self._answers)

    def kill(self) -> None:
        """Kill the server and all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self.process = None

    def kill_a_worker(self) -> bool:
        """Kill a worker, which the server replaces; return whether there was one."""
        workers = _children(self.process.pid)
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)
        return bool(workers)

    def flask(self, *words: str) -> str:
        """Run a flask command with the settings of the server."""
        command = [Path(sys.executable).with_name("flask"), "--app", "wsgi", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    def environment(self, **other: str) -> dict[str, str]:
        """Return the environment variables of the server."""
        return (
            os.environ
            | {
                "APP_MODE": "demonstration",
                "SECRET_KEY": KEY,
                "DATABASE_URL": f"sqlite:///{self.folder}/test.db",
                "INSTANCE": str(self.folder),
                "MAIL_URL": f"file:{self.folder}/letters",
                "BASE_URL": self.address,
            }
            | other
        )

    def _wait_for(self, happened: Callable[[], bool]) -> None:
        for _ in range(1000):
            if happened():
                return
            time.sleep(0.02)
        pytest.fail(f"{self.address} did not answer")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5):
                return True
        except OSError:
            return False


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = status.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has ended already
            continue
        if int(above) == parent and state != "Z":
            found.append(int(status.parent.name))
    return found
