"""`data restore`: load a backup into an empty database, SQLite or PostgreSQL."""

from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection, Table, literal, select, text
from sqlalchemy.exc import OperationalError, StatementError

from app.db import Base, transaction
from app.domain.errors import DataDamaged, InvalidValue
from app.models import Cluster, HealthBoard
from app.services.database.backup_file import BackupManifest, checked, member, opened, row
from app.services.database.integrity.check import integrity_faults
from app.services.database.integrity.storage_checks import AT_ONCE
from app.services.database.schema import is_known_revision, migrate_to
from app.services.database.tables import reflected_tables, reset_sequences, tables_to_back_up

PLACES = frozenset({HealthBoard.__tablename__, Cluster.__tablename__})
"""Tables that `data upgrade` fills; a restore may replace their rows, which the backup has too."""


def restore_backup(file: Path, *, despite_faults: bool = False) -> BackupManifest:
    """Load a backup into an empty database in one transaction, migrate it to the newest revision, return the manifest.

    Raise InvalidValue if the backup is damaged or newer than the product, the database is not empty, does not answer
    or refuses a row; DataDamaged if the integrity check finds a fault, unless `despite_faults`; OSError if the file
    cannot be read.
    """
    with opened(file) as archive:
        manifest = checked(archive)
        if not is_known_revision(manifest.revision):
            raise InvalidValue("backup_newer", manifest.product)
        try:
            with transaction() as writing:
                _clear(writing.connection())
                _fill(writing.connection(), archive, manifest)
                if (found := integrity_faults()) and not despite_faults:
                    raise DataDamaged(found)
        except StatementError as fault:
            raise _refused(fault) from fault
    return manifest


def _clear(connection: Connection) -> None:
    """Drop all tables; raise InvalidValue if any but PLACES and Alembic's has rows, or a table is not the product's."""
    found = reflected_tables(connection)
    if connection.dialect.name == "postgresql":  # on SQLite nobody else writes during this transaction
        for table in found.sorted_tables:
            connection.execute(text(f'LOCK TABLE "{table.name}" IN ACCESS EXCLUSIVE MODE'))
    if not all(_is_ours_and_empty(connection, table) for table in found.sorted_tables):
        raise InvalidValue("not_empty")
    found.drop_all(connection)


def _is_ours_and_empty(connection: Connection, table: Table) -> bool:
    if table.name in {*PLACES, "alembic_version"}:
        return True
    has_rows = connection.scalar(select(literal(1)).select_from(table).limit(1)) is not None
    return table.name in Base.metadata.tables and not has_rows


def _fill(connection: Connection, archive: ZipFile, manifest: BackupManifest) -> None:
    """Create the tables at the backup's revision, insert its rows, then migrate to the newest revision."""
    migrate_to(connection, manifest.revision)
    found = reflected_tables(connection)
    kept = tables_to_back_up(found)
    if not {table.name for table in kept} <= manifest.tables.keys():
        raise InvalidValue("backup_unfit", manifest.revision)
    for table in kept:
        with archive.open(member(table.name)) as lines:
            rows = (row(table, line) for line in lines)
            while some := list(islice(rows, AT_ONCE)):
                _insert(connection, table, some)
    reset_sequences(connection, found, manifest.numbers)
    migrate_to(connection)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    try:
        connection.execute(table.insert(), rows)
    except StatementError as fault:
        raise _refused(fault, f"{table.name}: ") from fault


def _refused(fault: StatementError, where: str = "") -> InvalidValue:
    """Return the refusal of the database; only the name of its error if the message could quote a row."""
    told = str(fault.orig).strip() if isinstance(fault, OperationalError) else type(fault.orig).__name__
    return InvalidValue("restore_refused", where + told)
