"""Fixtures for all tests: a real database in a file of its own, a fixed clock, e-mails written to a folder."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from app import create_app
from app.db import connect
from app.domain.people.roles import Role
from app.i18n import speaking
from app.models import Cycle, Person
from app.services.cycle.commands import open_cycle
from app.services.demo.commands import load_demonstration
from app.services.email.commands import mailer
from app.services.organisations.commands import load_organisations
from app.services.people.commands import Invitation, invite_person
from tests.support.application import CLOSES, NOW, OPENS, _database, settings

hypothesis.settings.register_profile("calm", deadline=None)  # no deadline: the machine may be busy
hypothesis.settings.load_profile("calm")


@pytest.fixture(scope="session")
def empty_database(made_once: Callable[..., Path]) -> Path:
    """Return a migrated database with the boards and clusters of Wales."""
    return made_once("empty", load_organisations)


@pytest.fixture(scope="session")
def demo_database(made_once: Callable[..., Path]) -> Path:
    """Return a database with the demonstration data as of the fixed clock."""
    return made_once("demo", lambda: load_demonstration(NOW.date()))


@pytest.fixture(scope="session")
def todays_database(made_once: Callable[..., Path]) -> Path:
    """Return a database with the demonstration as of today, for a real server, whose clock cannot be set."""
    return made_once("today", lambda: load_demonstration(datetime.now(UTC).date()))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], object]], Path]:
    """Return a function that makes a database once for all pytest workers; each copies it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def make(name: str, fill: Callable[[], object]) -> Path:
        made, copy = shared / "databases" / name, own / name / "test.db"
        made.mkdir(parents=True, exist_ok=True)
        with (made / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (made / "test.db").exists():
                _database(own / f"new {name}", fill).rename(made / "test.db")
        copy.parent.mkdir()
        return Path(shutil.copy(made / "test.db", copy))

    return make


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application, created once, because its routes are the same in every test."""
    return create_app(settings(tmp_path_factory.mktemp("product")))


def _standing_still(product: Flask, folder: Path, database: Path) -> Flask:
    """Give the application its own settings, a copy of the database, a folder for e-mails and a fixed clock."""
    shutil.copy(database, folder / "test.db")
    own = settings(folder)
    product.config.from_mapping(own.for_flask(), SETTINGS=own)
    product.config.from_mapping(TESTING=True, PROPAGATE_EXCEPTIONS=False, CLOCK=lambda: NOW)
    connect(own.database_url)
    mailer.connect(own.mail_url, own.mail_from)
    return product


@pytest.fixture
def app(product: Flask, empty_database: Path, tmp_path: Path) -> Flask:
    """Return the application on a new database with boards and clusters, without people."""
    return _standing_still(product, tmp_path, empty_database)


@pytest.fixture
def demo_app(product: Flask, demo_database: Path, tmp_path: Path) -> Flask:
    """Return the application on a copy of the demonstration data."""
    return _standing_still(product, tmp_path, demo_database)


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """Yield `app` within an application context, for tests that call services directly."""
    with app.app_context():
        yield app


@pytest.fixture
def inside_demo(demo_app: Flask) -> Iterator[Flask]:
    """Yield `demo_app` within an application context, for tests that call services directly."""
    with demo_app.app_context():
        yield demo_app


@pytest.fixture
def by_hand(tmp_path: Path) -> Callable[..., None]:
    """Return a function that writes to the database directly, without the checks of the product."""

    def write(*statements: str) -> None:
        with sqlite3.connect(tmp_path / "test.db") as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return write


@pytest.fixture
def cycle(inside: Flask) -> Cycle:
    """Return a cycle that is open at the time of the clock."""
    return open_cycle(2026, OPENS, CLOSES)


@pytest.fixture
def lead(inside: Flask) -> Person:
    """Return the lead of North Powys."""
    return invite_person(Invitation("lead@example.wales", "Llinos Lead", Role.LEAD, "north-powys"), address=None)


@pytest.fixture
def staff(inside: Flask) -> Person:
    """Return a member of SPPC staff."""
    return invite_person(Invitation("staff@example.wales", "Sam Staff", Role.SPPC), address=None)


@pytest.fixture
def speaking_english(app: Flask) -> Iterator[None]:
    """Set English as the current language, for tests of services that write and read texts."""
    with app.app_context(), speaking("en"):
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted, such as how often the server was killed."""
    for report in terminalreporter.stats.get("passed", []):
        for name, figures in getattr(report, "user_properties", []):
            terminalreporter.write_line(f"{name}: {figures}")
