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
    """A moment in UTC; naive datetimes are refused, and SQLite gives back what PostgreSQL would."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - asked for
        """The moment as it is stored."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - asked for
        """The moment as it was stored, in UTC."""
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
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy reads a plain dict here


session: scoped_session[Session] = scoped_session(sessionmaker())
"""The session of this thread; `create_app` connects it and ends it with each request."""


def connect(url: str) -> Engine:
    """Bind the session to the database at `url`."""
    engine = create_engine(
        url,
        hide_parameters=True,  # an error in the log must not quote an answer
        pool_pre_ping=True,  # a connection that the database ended meanwhile is replaced before it is used
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
    """One use case: all that is decided and written inside is committed once, at the end, or not at all.

    Whatever was read before is read again inside, so that a decision never rests on an old value.
    On SQLite the write lock is taken at once: two writers wait for each other instead of failing half-way.
    A use case inside another is refused: it would throw away what the outer one had written. FileReplaced when
    the file is not the one that was opened, also when that happens while the use case is at work.
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
    """Add a row, unless there is one with the same key already, even one that came a moment ago: that one stays."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(model).values(**values).on_conflict_do_nothing())


@contextmanager
def one_moment() -> Iterator[Session]:
    """What is read inside is the database of one moment, while people go on saving; nothing is written."""
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
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from now on there is the -wal file, too
    found = {name: _identity(name) for name in (file, f"{file}-wal")}
    record.info["files"] = {name: identity for name, identity in found.items() if identity}  # in memory there is none
    for name in (*record.info["files"], f"{file}-shm"):
        with suppress(OSError):  # it may be somebody else's, or there is none
            Path(name).chmod(0o600)


def _begin_sqlite(connection: Any) -> None:
    _require_as_opened(connection.info)
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _require_as_opened(connection: MutableMapping[Any, Any]) -> None:
    """FileReplaced when a file of SQLite is not the one any more that the connection (its `info`) has open."""
    for file, identity in connection.get("files", {}).items():
        if _identity(file) != identity:
            raise FileReplaced(file)


def _identity(file: str) -> tuple[int, int] | None:
    """The device and the number of the file that has this name now; None when there is none."""
    try:
        found = os.stat(file)  # noqa: PTH116 - twice for every transaction, and a Path takes three times as long
    except OSError:
        return None
    return found.st_dev, found.st_ino
