"""Unpack an uploaded .xlsx file within limits, without relying on the sizes that it declares."""

import zlib
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.domain.errors import UnreadableWorkbook

MOST_PARTS = 500
MOST_BYTES = 30 * 1024 * 1024
"""The most bytes of all parts, unpacked; the fullest reflection that can be saved takes about 4 MB."""

MOST_ELEMENTS = 400_000
"""The most XML elements in all parts; a full workbook has about 5,000. Each takes memory and time."""

CHUNK = 64 * 1024
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a file in the format before 2007, and of an encrypted .xlsx; neither is a ZIP."""


def unzip_safely(file: bytes) -> dict[str, bytes]:
    """Return name -> content of each XML part; raise UnreadableWorkbook with the reason why the file is refused."""
    if file.startswith(OLD):
        raise UnreadableWorkbook("password" if "EncryptedPackage".encode("utf-16-le") in file else "old")
    try:
        with ZipFile(BytesIO(file)) as archive:
            parts = _parts(archive)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
        raise UnreadableWorkbook("damaged" if file.startswith(b"PK") else "not_a_workbook") from fault
    if "xl/workbook.xml" not in parts:
        raise UnreadableWorkbook("not_a_workbook")
    return parts


def _parts(archive: ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_BYTES:
        raise UnreadableWorkbook("too_much_inside")
    budget, count, parts = MOST_BYTES, _ElementLimit(), {}
    for member in members:
        content = _content(archive, member, budget)
        budget -= len(content)
        if count.is_xml(content):
            parts[member.filename] = content
    return parts


def _content(archive: ZipFile, member: ZipInfo, budget: int) -> bytes:
    """Return the content of a member, read in chunks, because the size it declares may be false."""
    if member.flag_bits & 0x1:
        raise UnreadableWorkbook("password")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableWorkbook("damaged")
    content = bytearray()
    with archive.open(member) as packed:
        while piece := packed.read(CHUNK):
            content += piece
            if len(content) > budget:
                raise UnreadableWorkbook("too_much_inside")
    return bytes(content)


class _ElementLimit:
    """Counts the XML elements of all parts before any part is parsed into memory."""

    def __init__(self) -> None:
        self.elements = 0

    def is_xml(self, content: bytes) -> bool:
        """Return whether a part is well-formed XML; raise UnreadableWorkbook for too many elements or a DTD."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._count
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError):
            return False  # such as an image or printer settings
        return True

    def _count(self, _name: str, _attributes: object) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise UnreadableWorkbook("too_much_inside")

    def _refuse(self, *_declared: object) -> None:
        raise UnreadableWorkbook("dangerous")
