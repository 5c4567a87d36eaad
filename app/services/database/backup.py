"""`data backup`: write all data to one file from one read transaction, while the service runs."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DatabaseError, OperationalError

from app.db import one_moment
from app.domain.errors import DatabaseUnavailable, InvalidValue
from app.services.database import backup_file
from app.services.database.backup_file import FORMAT, MANIFEST, BackupManifest, TableDigest, checked, member, opened
from app.services.database.integrity.storage_checks import AT_ONCE
from app.services.database.schema import revision_of
from app.services.database.tables import last_sequence_values, reflected_tables, tables_to_back_up
from config import VERSION


def write_backup(file: Path, now: datetime) -> BackupManifest:
    """Back up all data to `file` and return the manifest, after reading the file back.

    `file` is created only when it is complete. Raise InvalidValue if it exists already, the database has no tables
    or rows cannot be read; DatabaseUnavailable; OSError if the file cannot be written.
    """
    if file.exists():
        raise InvalidValue("backup_exists", file)
    with _appearing(file) as new:
        with ZipFile(new, "w", ZIP_DEFLATED) as archive:
            _write(archive, now)
        with opened(new) as archive:
            return checked(archive)


@contextmanager
def _appearing(file: Path) -> Iterator[Path]:
    """Yield a temporary file in the same folder, readable by its owner only; sync and rename it on success."""
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=".part")
    new = Path(name)
    try:
        yield new
        os.fsync(handle)
        new.rename(file)
    finally:
        os.close(handle)
        new.unlink(missing_ok=True)


def _write(archive: ZipFile, now: datetime) -> None:
    try:
        with one_moment() as reading:
            connection = reading.connection()
            manifest = _everything(archive, connection, now)
    except OperationalError as fault:
        raise DatabaseUnavailable from fault
    except DatabaseError as fault:
        raise InvalidValue("rows_unreadable", fault.orig) from fault
    archive.writestr(MANIFEST, manifest.as_json())


def _everything(archive: ZipFile, connection: Connection, now: datetime) -> BackupManifest:
    found = reflected_tables(connection)
    revision = revision_of(connection)
    if revision is None:
        raise InvalidValue("not_ready")
    return BackupManifest(
        format=FORMAT,
        product=VERSION,
        revision=revision,
        made_at=now.isoformat(timespec="seconds"),
        tables={table.name: _rows(archive, connection, table) for table in tables_to_back_up(found)},
        numbers=last_sequence_values(connection, found),
    )


def _rows(archive: ZipFile, connection: Connection, table: Table) -> TableDigest:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=AT_ONCE)
    count, digest = 0, hashlib.sha256()
    with archive.open(member(table.name), "w", force_zip64=True) as lines:
        try:
            for row in connection.execute(query).mappings():
                line = backup_file.line(dict(row))
                lines.write(line)
                digest.update(line)
                count += 1
        except (ValueError, TypeError, DatabaseError) as fault:
            raise InvalidValue("rows_unreadable", table.name) from fault
    return TableDigest(count, digest.hexdigest())
