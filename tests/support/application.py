"""Settings, dates and the fixed time of an application in tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from app import create_app
from app.db import session
from app.services.database.schema import upgrade_schema
from config import Settings

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)

OPENS, CLOSES = date(2026, 4, 1), date(2026, 5, 31)

OVER = datetime(2027, 4, 1, 12, tzinfo=UTC)
"""The day after the last day of the demonstration's present cycle, when its reports can be published."""


def settings(folder: Path, **given: object) -> Settings:
    """Return settings with all files in one folder."""
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


def _database(folder: Path, fill: Callable[[], object]) -> Path:
    folder.mkdir(exist_ok=True)
    with create_app(settings(folder)).app_context():
        upgrade_schema()
        fill()
        _close()
    return folder / "test.db"


def _close() -> None:
    """Close the database, so that all data is in its file and the file can be copied."""
    session.remove()
    session.get_bind().dispose()
