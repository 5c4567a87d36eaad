"""The file that holds everything: a ZIP of manifest.json and of tables/NAME.jsonl, one row a line.

Days and moments are written as ISO 8601 (moments in UTC), bytes as base64, JSON as JSON. Lines are ASCII, so that
nothing that was typed can break one, and name their columns by the alphabet: equal rows are equal lines in every
database.
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
"""Raised when a reader of the old could misread the new."""

MANIFEST = "manifest.json"
UNREADABLE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, NotImplementedError, RuntimeError)
"""What reading a damaged ZIP, or something else altogether, can end in."""


@dataclass(frozen=True)
class TableDigest:
    """What a table must hold: how many rows, and the SHA-256 of their lines."""

    count: int
    sha256: str


@dataclass(frozen=True)
class BackupManifest:
    """What a backup says of itself."""

    format: int
    #: The version of the product that made it, and the revision of its tables.
    product: str
    revision: str
    made_at: str
    tables: Mapping[str, TableDigest]
    #: Table -> the last number that was given to a row, also to one that is gone; see Round.
    numbers: Mapping[str, int]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(each.count for each in self.tables.values())

    def as_json(self) -> str:
        """Return the manifest as it is written into the file."""
        return json.dumps(asdict(self), indent=1)


def member(table: str) -> str:
    """The name of the part that holds a table."""
    return f"tables/{table}.jsonl"


def line(row: Mapping[str, Any]) -> bytes:
    """A row as it is written."""
    ordered = {name: row[name] for name in sorted(row)}
    return json.dumps(ordered, separators=(",", ":"), default=_written).encode("ascii") + b"\n"


def row(table: Table, line: bytes) -> dict[str, Any]:
    """A line as the row of a table; InvalidValue when the table has other columns, or of another kind."""
    values = json.loads(line)
    if values.keys() != set(table.c.keys()):
        raise InvalidValue("backup_unfit", table.name)
    try:
        return {name: _read(table.c[name].type, value) for name, value in values.items()}
    except (ValueError, TypeError) as fault:
        raise InvalidValue("backup_unfit", table.name) from fault


def checked(archive: ZipFile) -> BackupManifest:
    """Return the manifest of a backup after checking the digest of every table; InvalidValue says what differs."""
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
    """The file as a ZIP; InvalidValue when it is none, OSError when it cannot be read."""
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
    if isinstance(value, date):  # a moment is a day, too
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
"""Kind of column -> what reads a value that JSON has no word for; see `_written`."""
