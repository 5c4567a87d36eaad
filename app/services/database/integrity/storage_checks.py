"""Checks of the database itself: its file, its foreign keys, and that every row can be read."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DatabaseError

from app.db import session
from app.domain.database.integrity_fault import IntegrityFault
from app.services.database.tables import reflected_tables

AT_ONCE = 50
"""Number of rows in memory at a time; kept low because a published PDF is a row."""


def storage_faults() -> Iterator[IntegrityFault]:
    """Yield the faults of the file (SQLite), the foreign keys (SQLite) and the rows that cannot be read."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # PostgreSQL enforces foreign keys itself
        yield from _of_the_file(connection)
        yield from _of_references(connection)
    for table in reflected_tables(connection).sorted_tables:
        yield from _of_rows(connection, table)


def _of_the_file(connection: Connection) -> Iterator[IntegrityFault]:
    for said in connection.scalars(text("PRAGMA integrity_check")):
        if said != "ok":
            yield IntegrityFault("file", said)


def _of_references(connection: Connection) -> Iterator[IntegrityFault]:
    for table, row, other, _constraint in connection.execute(text("PRAGMA foreign_key_check")):
        yield IntegrityFault("reference", f"{table} {row} → {other}")


def _of_rows(connection: Connection, table: Table) -> Iterator[IntegrityFault]:
    """Yield a fault for each row that cannot be read; read one by one only if reading the whole table fails."""
    try:
        for _row in connection.execute(select(table).execution_options(yield_per=AT_ONCE)):
            pass
    except (ValueError, TypeError, DatabaseError):
        for key in connection.execute(select(*table.primary_key)).all():
            this = [column == value for column, value in zip(table.primary_key, key, strict=True)]
            try:
                connection.execute(select(table).where(*this)).all()
            except (ValueError, TypeError, DatabaseError):
                yield IntegrityFault("unreadable", " ".join((table.name, *map(str, key))))
