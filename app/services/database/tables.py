"""The tables as they exist in the database, at any revision, with column types that read alike in every database."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, MetaData, Table, event, func, select, text

from app.db import UtcDateTime

FORGOTTEN = frozenset({"alembic_version", "sign_in_links", "sign_in_requests"})
"""Tables that a backup leaves out: the manifest has the revision, and sign-in links expire within minutes."""


def reflected_tables(connection: Connection) -> MetaData:
    """Return all tables of the database, by reflection."""
    found = MetaData()
    event.listen(found, "column_reflect", _mean_the_same)
    found.reflect(connection)
    return found


def tables_to_back_up(found: MetaData) -> list[Table]:
    """Return the tables that a backup holds, each after those that it refers to."""
    return [table for table in found.sorted_tables if table.name not in FORGOTTEN]


def last_sequence_values(connection: Connection, found: MetaData) -> dict[str, int]:
    """Return table -> the last id given to a row, for tables whose ids the database never reuses."""
    if connection.dialect.name == "sqlite":
        return {name: _last_of_sqlite(connection, name) for name in _counted_by_sqlite(connection)}
    return {name: _last_of_sequence(connection, sequence) for name, sequence in _sequences(connection, found)}


def reset_sequences(connection: Connection, found: MetaData, last: Mapping[str, int]) -> None:
    """Set the next ids so that none is reused; `last` is the result of `last_sequence_values`."""
    if connection.dialect.name == "sqlite":
        for name in _counted_by_sqlite(connection):
            given = {"name": name, "last": max(last.get(name, 0), _last_of_sqlite(connection, name))}
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), given)
        return
    for name, sequence in _sequences(connection, found):
        highest = connection.scalar(select(func.max(found.tables[name].c.id))) or 0
        if reached := max(last.get(name, 0), highest):
            connection.execute(select(func.setval(sequence, reached)))


def _mean_the_same(_inspector: object, _table: object, column: Any) -> None:
    if isinstance(column["type"], DateTime):
        column["type"] = UtcDateTime()
    elif isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=column["nullable"])


def _counted_by_sqlite(connection: Connection) -> list[str]:
    """Return the tables with AUTOINCREMENT, whose ids are never reused; others continue from the highest id present."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' ORDER BY name"
    return list(connection.scalars(text(query)))


def _last_of_sqlite(connection: Connection, table: str) -> int:
    query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return connection.scalar(query, {"name": table}) or 0


def _sequences(connection: Connection, found: MetaData) -> Iterator[tuple[str, str]]:
    for table in tables_to_back_up(found):
        if "id" in table.c and (sequence := connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))):
            yield table.name, sequence


def _last_of_sequence(connection: Connection, sequence: str) -> int:
    given = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608 - its own name
    return given.last_value if given.is_called else 0
