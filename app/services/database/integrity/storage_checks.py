"""Whether the database holds together: its file, its references, and that every row can be read."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DatabaseError

from app.db import session
from app.domain.database.integrity_fault import IntegrityFault
from app.services.database.tables import reflected_tables

AT_ONCE = 50
"""Rows in memory at a time; a published PDF is a row."""


def storage_faults() -> Iterator[IntegrityFault]:
    """What is wrong with the database, whatever it holds."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # PostgreSQL holds its references itself
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
    """Yield the rows that cannot be read, searched one by one only where there are any."""
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
