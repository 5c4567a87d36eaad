"""`make run` serves a working site with demonstration data, as the README says."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_make_run_serves_a_site_with_demonstration_data(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # An environment without the variables of `make test` and of other tests.
    surroundings = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    with (tmp_path / "said").open("wb") as said:
        made = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env=surroundings | {"PORT": str(port), "INSTANCE": str(tmp_path)},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            page = _answer(made, f"http://127.0.0.1:{port}/en/")
        finally:
            os.killpg(made.pid, signal.SIGTERM)
            made.wait(30)
    assert "Look around as a demonstration person" in page, (tmp_path / "said").read_text()
    assert f"Open http://127.0.0.1:{port} in a browser" in (tmp_path / "said").read_text()


def _answer(made: subprocess.Popen, address: str) -> str:
    """Wait for the page and return it; "" if the command ends before."""
    while made.poll() is None:
        try:
            with urllib.request.urlopen(address) as page:
                return page.read().decode()
        except OSError:
            time.sleep(0.2)
    return ""
