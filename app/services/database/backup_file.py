"""The format of a backup: a ZIP of manifest.json and one tables/NAME.jsonl for each table, one row a line.

Dates and times are ISO 8601 (times in UTC), bytes are base64, JSON is JSON. Lines are ASCII, so that typed text
cannot break a line. Columns are sorted by name, so that equal rows give equal lines from every database.
"""

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Date, LargeBinary, Table
from sqlalchemy.types import TypeEngine

from surveys.faults import InvalidData
from surveys.plain_data import read_json
from surveys.validation import make_converter, validated

from app.db import UtcDateTime
from app.domain.errors import InvalidValue

FORMAT = 1
"""The version of the format; raise it when an older reader could misread a new backup."""

MANIFEST = "manifest.json"
UNREADABLE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError)
"""The errors that reading a damaged ZIP, or a file that is not a ZIP, can raise."""


@dataclass(frozen=True)
class TableDigest:
    """The number of rows of a table, and the SHA-256 of their lines."""

    count: int
    sha256: str


@dataclass(frozen=True)
class BackupManifest:
    """The contents of manifest.json."""

    format: int
    #: The version of the product that wrote the backup, then the Alembic revision of its tables.
    product: str
    revision: str
    made_at: str
    tables: Mapping[str, TableDigest]
    #: Table -> the last number given to a row, even if that row has been deleted.
    numbers: Mapping[str, int]

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        return sum(each.count for each in self.tables.values())

    def as_json(self) -> str:
        """Return the text of manifest.json."""
        return json.dumps(asdict(self), indent=1)


def member(table: str) -> str:
    """Return the name of the ZIP member that holds a table."""
    return f"tables/{table}.jsonl"


def line(row: Mapping[str, Any]) -> bytes:
    """Return the line of a row, with its line end."""
    ordered = {name: row[name] for name in sorted(row)}
    return json.dumps(ordered, separators=(",", ":"), default=_written).encode("ascii") + b"\n"


def row(table: Table, line: bytes) -> dict[str, Any]:
    """Parse a line as a row of the table; raise InvalidValue if its columns or their types do not fit."""
    values = json.loads(line)
    if values.keys() != set(table.c.keys()):
        raise InvalidValue("backup_unfit", table.name)
    try:
        return {name: _read(table.c[name].type, value) for name, value in values.items()}
    except (ValueError, TypeError) as fault:
        raise InvalidValue("backup_unfit", table.name) from fault


def checked(archive: ZipFile) -> BackupManifest:
    """Return the manifest after checking the digest of every table; raise InvalidValue for the first that differs."""
    manifest = _manifest(archive)
    for name, kept in manifest.tables.items():
        try:
            with archive.open(member(name)) as lines:
                found = _hashed(lines)
        except UNREADABLE as fault:
            raise InvalidValue("backup_damaged", name) from fault
        if found != kept:
            raise InvalidValue("backup_damaged", name)
    return manifest


def opened(file: Path) -> ZipFile:
    """Open the file as a ZIP; raise InvalidValue if it is not a ZIP, OSError if it cannot be read."""
    try:
        return ZipFile(file)
    except BadZipFile as fault:
        raise InvalidValue("backup_unreadable", file) from fault


def _manifest(archive: ZipFile) -> BackupManifest:
    try:
        said = read_json(archive.read(MANIFEST))
        if said.value["format"] != FORMAT:
            raise InvalidValue("backup_newer", said.value["product"])
        return validated(said, BackupManifest, make_converter())
    except (*UNREADABLE, InvalidData) as fault:
        raise InvalidValue("backup_unreadable", archive.filename) from fault


def _hashed(lines: IO[bytes]) -> TableDigest:
    count, digest = 0, hashlib.sha256()
    for each in lines:
        count += 1
        digest.update(each)
    return TableDigest(count, digest.hexdigest())


def _written(value: Any) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, date):  # includes datetime, its subclass
        return value.isoformat()
    raise TypeError(type(value))


def _read(kind: TypeEngine[Any], value: Any) -> Any:
    read = next((each for known, each in READ.items() if isinstance(kind, known)), None)
    return read(value) if read and value is not None else value


READ: Mapping[type, Callable[[str], Any]] = {
    UtcDateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    LargeBinary: lambda value: b64decode(value, validate=True),
}
"""Column type -> the function that reads values JSON has no type for; `_written` writes them."""
