"""The database schema: migrate it, and find out whether it is at the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db import FileReplaced, session
from app.domain.errors import DatabaseReplaced, DatabaseUnavailable

MIGRATIONS = Path(__file__).parents[3] / "migrations"

_current: set[str] = set()
"""URLs of the databases found to be current: checked once, because only a migration changes that."""


def upgrade_schema(revision: str = "head") -> None:
    """Migrate the database up to a revision; raise DatabaseUnavailable if it does not answer."""
    try:
        command.upgrade(_config(), revision)
    except OperationalError as fault:
        raise DatabaseUnavailable from fault
    _current.clear()


def migrate_to(connection: Connection, revision: str = "head") -> None:
    """Migrate the tables to a revision within the caller's transaction; does not commit."""
    command.upgrade(_config(connection), revision)


def downgrade_schema(revision: str) -> None:
    """Migrate the database down to a revision."""
    command.downgrade(_config(), revision)
    _current.clear()


def is_schema_current() -> bool:
    """Return whether the database is at the newest revision; once it is, this is not looked up again."""
    address = str(session.get_bind().engine.url)
    if address not in _current and _revision() == ScriptDirectory.from_config(_config()).get_current_head():
        _current.add(address)
    return address in _current


def is_known_revision(revision: str) -> bool:
    """Return whether this version of the product has that revision."""
    return any(each.revision == revision for each in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """Return the revision that the connection sees; None if there are no tables."""
    return MigrationContext.configure(connection).get_current_revision()


def is_database_alive() -> bool:
    """Return whether the database answers and is at the newest revision.

    Raise DatabaseReplaced if the SQLite file was replaced or moved: the service must be restarted.
    """
    return _revision() is not None and is_schema_current()


def _revision() -> str | None:
    try:
        with session.get_bind().engine.connect() as connection:
            return revision_of(connection)
    except FileReplaced as fault:
        raise DatabaseReplaced from fault
    except DBAPIError:
        return None


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(engine=session.get_bind().engine, connection=connection)
    return config
