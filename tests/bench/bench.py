"""`make bench`: time what people wait for, on the demonstration data, and print the median and the range of each.

A page is timed inside one process, without network. A PDF is timed in a process of its own, from the request to the
bytes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from app import create_app
from app.db import connect, session
from app.domain.saving.decision import PendingSave
from app.services.cycle.queries import find_cycle
from app.services.database.schema import upgrade_schema
from app.services.demo.commands import load_demonstration
from app.services.demo.queries import find_persona
from app.services.reflection.commands import save_answer
from app.services.reflection.queries import find_reflection
from app.services.reports.builders.national import build_national_report
from app.services.reports.snapshots import draft_report_input
from config import Settings
from tests.bench import data as bench_data
from tests.bench import reports as bench_reports
from tests.bench import room
from tests.bench import versions as bench_versions
from tests.bench.allocation_exact import exact
from tests.bench.allocation_large import large

LEAD, STAFF = "lead.north-powys@example.wales", "sppc@example.wales"
HOME = "/en/reflections/2026/north-powys"


def timed(name: str, act: Callable[[], object], runs: int = 30) -> None:
    """Print how long `act` takes in milliseconds, after one run that is not counted."""
    act()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - begun))
    print(f"{name:<42}{median(taken):>9.1f} ms   ({min(taken):.1f} to {max(taken):.1f}, {runs} runs)")


def main() -> None:
    """Load the demonstration into a new database, and run all measurements."""
    folder = Path(tempfile.mkdtemp())
    settings = Settings(
        mode="demonstration",
        database_url=f"sqlite:///{folder}/bench.db",
        instance=folder,
        mail_url=f"file:{folder}",
    )
    app = create_app(settings)
    with app.app_context():
        upgrade_schema()
        timed_once("load the demonstration data", lambda: load_demonstration(datetime.now(UTC).date()))
    time_pages(app)
    time_with_older_versions(app, settings)
    with app.app_context():
        time_services()
        timed_once("fill it up to three whole cycles", bench_data.fill)
    with app.app_context(), bench_reports.on_two_cores():
        bench_reports.time_reports()
        bench_reports.time_pack(settings)
        bench_reports.time_kept(app)
        with served(folder) as site:
            bench_reports.time_saving(site, settings)
            session.remove()
            room.measure(site)
    shutil.rmtree(folder)


def timed_once(name: str, act: Callable[[], object]) -> None:
    """Print how long something takes that can only be done once."""
    begun = time.perf_counter()
    act()
    print(f"{name:<42}{1000 * (time.perf_counter() - begun):>9.0f} ms   (1 run)")


def time_pages(app) -> None:
    """Time pages of a lead and of staff."""
    app.config["WTF_CSRF_ENABLED"] = False
    for person, pages in (
        (
            LEAD,
            {
                "task list": f"{HOME}/",
                "outcome": f"{HOME}/questions/PCMW-01",
                "check your answers": f"{HOME}/check",
                "private view": f"{HOME}/views/PCMW-02",
            },
        ),
        (
            STAFF,
            {
                "progress of 60 clusters": "/en/cycles/2026/",
                "national summary, page": "/en/reports/2024/draft/national/wales",
            },
        ),
    ):
        browser = app.test_client()
        browser.post("/en/demonstration", data={"persona": person})
        for name, address in pages.items():
            timed(name, lambda browser=browser, address=address: _ok(browser.get(address)))


def time_with_older_versions(app, settings: Settings) -> None:
    """Time the two pages that read earlier submissions, in a copy of the database with many versions."""
    session.get_bind().dispose()  # so that all data is in its file
    copy = settings.instance / "versions.db"
    shutil.copy(settings.instance / "bench.db", copy)
    connect(f"sqlite:///{copy}")
    bench_versions.time_versions(
        app,
        {
            "outcome": (LEAD, f"{HOME}/questions/PCMW-01"),
            "national summary, page": (STAFF, "/en/reports/2024/draft/national/wales"),
        },
    )
    connect(settings.database_url)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the application by gunicorn with two workers, and yield its URL."""
    port = "8765"
    environment = os.environ | {
        "APP_MODE": "demonstration",
        "SECRET_KEY": "k" * 32,
        "DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "INSTANCE": str(folder),
        "MAIL_URL": f"file:{folder}",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    gunicorn = Path(sys.executable).with_name("gunicorn")
    serve = [gunicorn, "--workers", "2", "--no-control-socket", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    with subprocess.Popen(serve, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            room.wait_for(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _ok(response) -> None:
    assert response.status_code == 200, response.status_code


def time_services() -> None:
    """Time saving an answer (committed to disk) and computing the figures of reports."""
    reflection = find_reflection(2026, "north-powys")
    lead = find_persona(LEAD)
    version = iter(range(1, 1000))

    def save() -> None:
        over = next(version)
        draft = PendingSave("PCMW-01", {"level": "mature", "evidence": f"text {over}", "next_step": ""}, over, "en")
        save_answer(reflection, draft, lead, datetime.now(UTC))

    timed("save an answer, to disk", save)
    session.rollback()
    cycle = find_cycle(2024)
    timed("figures of the national summary", lambda: build_national_report(draft_report_input(cycle, 5)), runs=10)


if __name__ == "__main__":
    main()
    exact()
    large()
