"""Read the cells of an .xlsx file, each with its kind: text, number, formatted number, boolean, error or formula.

It supports only what answers need, returns the exact text of a cell, and its memory and time are bounded by the
limits of `safe_unzip`. See docs/decisions/0010.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import islice
from xml.etree import ElementTree

from app.domain.errors import UnreadableWorkbook
from app.services.spreadsheet.safe_unzip import unzip_safely

PLAIN_FORMATS = {"0", "1", "2", "49"}
"""Ids of built-in formats that show a number as its digits: General, 0, 0.00, text."""

PLAIN_CODES = {"general", "0", "0.00", "@"}
MOST_MERGED = 1_000


class CellKind(StrEnum):
    """The kind of content of a cell."""

    TEXT = "text"
    NUMBER = "number"
    FORMATTED = "formatted"  # a date, a percentage: a number that is not shown as its digits
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty, with its exact text, or its number as stored."""

    sort: CellKind
    text: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: row number -> column number -> cell, both from 1, and the ranges that were merged."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())

    def is_merged(self, row: int, column: int) -> bool:
        """Return whether the cell is part of a merged range."""
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.merged)


def read_sheets(file: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx file in order; raise UnreadableWorkbook with the reason why it is refused."""
    try:
        return tuple(_Workbook(unzip_safely(file)).sheets())
    except (ElementTree.ParseError, KeyError, ValueError, IndexError, StopIteration) as fault:
        raise UnreadableWorkbook("damaged") from fault


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as D12."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


class _Workbook:
    """Reads the XML parts of one workbook (name -> content)."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts

    def sheets(self) -> Iterator[Sheet]:
        for sheet in self._tree("xl/workbook.xml").iter("sheet"):
            path = self._targets[next(value for name, value in sheet.attrib.items() if name.endswith("}id"))]
            if path in self.parts:
                tree = self._tree(path)
                yield Sheet(sheet.attrib["name"], dict(self._rows(tree)), tuple(_merged(tree)))

    def _tree(self, path: str) -> ElementTree.Element:
        """Parse a part and strip the namespaces of its elements; an empty element if there is no such part."""
        if path not in self.parts:
            return ElementTree.Element("nothing")
        tree = ElementTree.fromstring(self.parts[path])  # noqa: S314 - `safe_unzip` refuses a DTD
        for element in tree.iter():
            element.tag = element.tag.rpartition("}")[2]
        return tree

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        relations = self._tree("xl/_rels/workbook.xml.rels")
        return {
            each.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", each.attrib["Target"])).lstrip("/")
            for each in relations
        }

    @cached_property
    def _strings(self) -> tuple[str, ...]:
        return tuple(_text(each) for each in self._tree("xl/sharedStrings.xml").iter("si"))

    @cached_property
    def _plain(self) -> tuple[bool, ...]:
        """For each style, whether it shows a number as its digits."""
        styles = self._tree("xl/styles.xml")
        codes = {each.attrib["numFmtId"]: each.attrib["formatCode"] for each in styles.iter("numFmt")}
        plain = PLAIN_FORMATS | {number for number, code in codes.items() if code.lower() in PLAIN_CODES}
        used = styles.find("cellXfs")
        return tuple(each.get("numFmtId", "0") in plain for each in (used if used is not None else ()))

    def _rows(self, tree: ElementTree.Element) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        number = 0
        for row in tree.iterfind("sheetData/row"):
            number = int(row.get("r", number + 1))
            yield number, dict(self._cells(row))

    def _cells(self, row: ElementTree.Element) -> Iterator[tuple[int, Cell]]:
        column = 0
        for each in row.iterfind("c"):
            column = _position(each.attrib["r"])[1] if "r" in each.attrib else column + 1
            cell = self._cell(each)
            if cell.text or cell.sort is CellKind.FORMULA:
                yield column, cell

    def _cell(self, cell: ElementTree.Element) -> Cell:
        kind, value = cell.get("t", "n"), cell.findtext("v", "")
        if (formula := cell.find("f")) is not None:
            return Cell(CellKind.FORMULA, formula.text or "")
        if kind == "s":
            return Cell(CellKind.TEXT, self._strings[int(value)] if value else "")
        if kind in ("inlineStr", "str"):
            inline = cell.find("is")
            return Cell(CellKind.TEXT, _unescaped(value) if inline is None else _text(inline))
        if kind == "n":
            style = int(cell.get("s", "0"))
            return Cell(CellKind.NUMBER if not self._plain or self._plain[style] else CellKind.FORMATTED, value)
        return Cell({"b": CellKind.BOOLEAN, "e": CellKind.ERROR}.get(kind, CellKind.FORMATTED), value)


def _text(parent: ElementTree.Element) -> str:
    """Return the text of a string, joined from its differently styled runs, without phonetic hints."""
    pieces = [each.text or "" for each in parent.iterfind("t")] + [each.text or "" for each in parent.iterfind("r/t")]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    """Replace _xHHHH_, which the format writes for characters that XML cannot hold."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _position(reference: str) -> tuple[int, int]:
    """Return (row, column) of a reference such as D12; raise ValueError if it is none."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _merged(tree: ElementTree.Element) -> Iterator[tuple[int, int, int, int]]:
    for each in islice(tree.iter("mergeCell"), MOST_MERGED):
        first, _colon, last = each.attrib["ref"].partition(":")
        yield *_position(first), *_position(last or first)
