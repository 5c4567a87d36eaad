"""What the tests stand on: a real database in a file of its own, a clock that stands still, letters in a folder."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from app import create_app
from app.db import session
from app.domain.roles import Role
from app.i18n import speaking
from app.models import Cycle, Person
from app.services import cycles, demo, people, places, upkeep
from app.services.people import Invitation
from config import Settings

hypothesis.settings.register_profile("calm", deadline=None)  # no test measures time: a busy machine is no fault
hypothesis.settings.load_profile("calm")

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
OPENS, CLOSES = date(2026, 4, 1), date(2026, 5, 31)


def settings(folder: Path, **given: object) -> Settings:
    """Settings for an application whose everything is in one folder."""
    return Settings(
        **{
            "mode": "demonstration",
            "secret_key": "k" * 32,
            "database_url": f"sqlite:///{folder}/test.db",
            "mail_url": f"file:{folder}/letters",
            "instance": folder,
            "base_url": "http://localhost",
        }
        | given
    )


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with the boards and clusters of Wales."""
    return _database(tmp_path_factory.mktemp("empty"), places.load)


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration data."""
    return _database(tmp_path_factory.mktemp("demo"), lambda: demo.load(NOW.date()))


@pytest.fixture(scope="session")
def todays_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration as of today, for a real server, whose clock cannot be set."""
    return _database(tmp_path_factory.mktemp("today"), lambda: demo.load(datetime.now(UTC).date()))


def _database(folder: Path, fill: Callable[[], object]) -> Path:
    with create_app(settings(folder)).app_context():
        upkeep.upgrade()
        fill()
        _close()
    return folder / "test.db"


def _close() -> None:
    """Close the database, so that all of it is in its file and can be copied."""
    session.remove()
    session.get_bind().dispose()


def _standing_still(app: Flask) -> Flask:
    app.config["TESTING"] = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["CLOCK"] = lambda: NOW
    return app


@pytest.fixture
def app(empty_database: Path, tmp_path: Path) -> Flask:
    """An application on a database of its own, with places and nobody in it."""
    shutil.copy(empty_database, tmp_path / "test.db")
    return _standing_still(create_app(settings(tmp_path)))


@pytest.fixture
def demo_app(demo_database: Path, tmp_path: Path) -> Flask:
    """An application on a copy of the demonstration data."""
    shutil.copy(demo_database, tmp_path / "test.db")
    return _standing_still(create_app(settings(tmp_path)))


@pytest.fixture
def inside(app: Flask) -> Iterator[Flask]:
    """The same, for tests that call services directly."""
    with app.app_context():
        yield app


@pytest.fixture
def inside_demo(demo_app: Flask) -> Iterator[Flask]:
    """The demonstration, for tests that call services directly."""
    with demo_app.app_context():
        yield demo_app


@pytest.fixture
def cycle(inside: Flask) -> Cycle:
    """A cycle that is open now."""
    return cycles.open_cycle(2026, OPENS, CLOSES)


@pytest.fixture
def lead(inside: Flask) -> Person:
    """The lead of North Powys."""
    return people.invite(Invitation("lead@example.wales", "Llinos Lead", Role.LEAD, "north-powys"), address=None)


@pytest.fixture
def staff(inside: Flask) -> Person:
    """A member of SPPC staff."""
    return people.invite(Invitation("staff@example.wales", "Sam Staff", Role.SPPC), address=None)


@pytest.fixture
def speaking_english(app: Flask) -> Iterator[None]:
    """English, for tests of what services write and read."""
    with app.app_context(), speaking("en"):
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what tests have counted, such as how often the server was killed."""
    for report in terminalreporter.stats.get("passed", []):
        for name, figures in getattr(report, "user_properties", []):
            terminalreporter.write_line(f"{name}: {figures}")
