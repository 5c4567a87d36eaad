"""The database: one session per request, explicit transactions, the conventions all tables share."""

import os
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, TypeDecorator, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration and an error message can say which."""


class UtcDateTime(TypeDecorator[datetime]):
    """A date and time in UTC: naive values are refused, and SQLite returns the same as PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - asked for
        """Return the value to store; ValueError for a naive datetime."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - asked for
        """Return the stored value in UTC."""
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


class FileReplaced(OperationalError):
    """The file of the SQLite database was removed or replaced while it was open: what is saved now would be lost."""

    def __init__(self, file: str) -> None:
        said = f"{file} was removed or replaced while it was in use. Put the right file there and restart the service."
        super().__init__(None, None, sqlite3.OperationalError(said))


class Base(DeclarativeBase):
    """The declarative base of all models."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


session: scoped_session[Session] = scoped_session(sessionmaker())
"""The session of this thread; `create_app` binds it and removes it after each request."""


def connect(url: str) -> Engine:
    """Bind the session to the database at `url`."""
    engine = create_engine(
        url,
        hide_parameters=True,  # answers must not appear in the log
        pool_pre_ping=True,  # replaces a connection that the database has closed
    )
    if engine.dialect.name == "sqlite":
        event.listen(
            engine, "connect", partial(_prepare_sqlite, str(Path(engine.url.database or ":memory:").absolute()))
        )
        event.listen(engine, "begin", _begin_sqlite)
    session.remove()
    session.configure(bind=engine)
    return engine


@contextmanager
def transaction() -> Iterator[Session]:
    """Run one use case: everything written inside is committed once, at the end, or rolled back.

    What was loaded before is read again inside, so that no decision uses an old value. On SQLite the write lock is
    taken at the start, so that two writers wait for each other instead of failing half-way. A transaction inside
    another is refused, because it would discard what the outer one has written. Raises FileReplaced when the SQLite
    file is not the one that was opened, also if that happens during the use case.
    """
    acting = session().info
    if acting.get("acts"):
        raise RuntimeError("one use case is one transaction: this one was begun inside another")
    session.rollback()
    opened = session.connection(execution_options={"begin": "BEGIN IMMEDIATE"}).info
    acting["acts"] = True
    try:
        yield session()
        session.commit()
        _require_as_opened(opened)
    except BaseException:
        session.rollback()
        raise
    finally:
        acting["acts"] = False


def identity_of(row: Base) -> int:
    """Return the primary key of a stored row without asking the database, even where the row is to be read again."""
    key: int = inspect(row).identity[0]  # type: ignore[index]  # a stored row has one
    return key


def add_if_absent(model: type[Base], **values: Any) -> None:
    """Insert a row unless one with the same key exists, even one inserted concurrently, which is kept."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(model).values(**values).on_conflict_do_nothing())


@contextmanager
def one_moment() -> Iterator[Session]:
    """Read the database in one consistent snapshot while others write; nothing is written inside."""
    session.rollback()
    still = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}  # on SQLite every transaction is so
    session.connection(execution_options=still if session.get_bind().dialect.name == "postgresql" else {})
    try:
        yield session()
    finally:
        session.rollback()


def _prepare_sqlite(file: str, connection: Any, record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions itself, see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # creates the -wal file, too
    found = {name: _identity(name) for name in (file, f"{file}-wal")}
    record.info["files"] = {name: identity for name, identity in found.items() if identity}  # in memory there is none
    for name in (*record.info["files"], f"{file}-shm"):
        with suppress(OSError):  # another user may own it, or it does not exist
            Path(name).chmod(0o600)


def _begin_sqlite(connection: Any) -> None:
    _require_as_opened(connection.info)
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _require_as_opened(connection: MutableMapping[Any, Any]) -> None:
    """Raise FileReplaced unless the SQLite file is still the one that the connection opened (in its `info`)."""
    for file, identity in connection.get("files", {}).items():
        if _identity(file) != identity:
            raise FileReplaced(file)


def _identity(file: str) -> tuple[int, int] | None:
    """Return device and inode of the file with this name; None if there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - twice for every transaction, and a Path takes three times as long
    except OSError:
        return None
    return found.st_dev, found.st_ino
