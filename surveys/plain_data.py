"""Reads YAML and JSON to plain data: what cannot be read is a fault with its line, never an error of a parser."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from surveys.faults import DataFault, InvalidData

MOST_DEEP = 20
"""Levels; the parser of YAML in C ends the process some thousands further down."""
LONGEST_DETAIL = 80
YAML_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class PlainData:
    """The content of a file. `lines`: path -> line from 1, where it is known; `faults`: those found while reading.

    A scalar that is neither text, number, true, false nor null, such as a date, is left as the event of the parser.
    """

    value: Any
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[DataFault, ...] = ()

    def placed(self, fault: DataFault) -> DataFault:
        """The fault with file and line, and its particulars as one short line that can be printed."""
        detail = " ".join(fault.detail[:LONGEST_DETAIL].encode("utf-8", "backslashreplace").decode().split())
        path = fault.path.encode("utf-8", "backslashreplace").decode()
        line = self._line(path_below(fault.path, fault.detail)) if fault.code == "unknown_key" else 0
        return replace(fault, file=self.file, path=path, detail=detail, line=line or self._line(fault.path))

    def _line(self, path: str) -> int:
        """The line of a path, or of the nearest place above it."""
        while path and path not in self.lines:
            path = re.sub(r"(^|\.|\[)[^.\[]*$", "", path)
        return self.lines.get(path, 0)


def path_below(path: str, key: str | int) -> str:
    """The path of a key, or of an element counted from 1."""
    return f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key[:40]}".lstrip(".")


def read_yaml(path: Path) -> PlainData:
    """Return the content of a YAML file; InvalidData when it cannot be read at all."""
    try:
        return _Document(path.read_bytes().decode("utf-8"), path.name).read()
    except (UnicodeDecodeError, yaml.YAMLError, OSError) as error:
        mark: Any = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        if isinstance(error, UnicodeDecodeError):
            line = error.object.count(b"\n", 0, error.start) + 1
        detail = str(getattr(error, "problem", None) or error)
        raise InvalidData([DataFault(path.name, "", "unreadable", detail, line=line)]) from error


class _Document:
    """One YAML document, built from the parser's events, so that every scalar is checked before it becomes a value."""

    def __init__(self, text: str, file: str) -> None:
        self._parser: Any = yaml.CSafeLoader(text)  # the parser in C takes a tenth of the time
        self._scalars = yaml.constructor.SafeConstructor()
        self._lines: dict[str, int] = {}
        self._faults: list[DataFault] = []
        self._file = file

    def read(self) -> PlainData:
        self._parser.get_event()  # the stream begins
        value = None
        if not self._parser.check_event(yaml.StreamEndEvent):
            self._parser.get_event()  # the document begins
            value = self._value("", 0)
            self._parser.get_event()
            if not self._parser.check_event(yaml.StreamEndEvent):
                self._note("", "unreadable", self._parser.peek_event(), "---")
        return PlainData(value, self._file, self._lines, tuple(self._faults))

    def _value(self, path: str, depth: int) -> Any:
        event: Any = self._parser.get_event()
        self._lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):  # a few lines of them can stand for gigabytes
            self._note(path, "alias", event, str(event.anchor))
            return None
        if depth == MOST_DEEP:
            self._note(path, "too_deep", event, str(MOST_DEEP))
            raise InvalidData(self._faults)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        elements: list[Any] = []
        while not self._parser.check_event(yaml.SequenceEndEvent):
            elements.append(self._value(path_below(path, len(elements) + 1), depth + 1))
        self._parser.get_event()
        return elements

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self._parser.check_event(yaml.MappingEndEvent):
            event = self._parser.get_event()
            key = getattr(event, "value", None)
            if key is None:
                self._note(path, "wrong_shape", event, "text / testun")
                raise InvalidData(self._faults)
            if key in found:
                self._note(path, "duplicate_key", event, key)
            self._lines[path_below(path, key)] = event.start_mark.line + 1
            found[key] = self._value(path_below(path, key), depth + 1)
        self._parser.get_event()
        return found

    def _scalar(self, event: Any) -> Any:
        if event.tag is None and not event.implicit[0]:
            return event.value  # in quotation marks
        tag = event.tag or self._parser.resolve(yaml.ScalarNode, event.value, event.implicit)
        kind = tag.removeprefix(YAML_TAG)
        if kind in ("str", "value", "merge"):
            return event.value
        try:
            if kind in ("null", "bool", "int", "float"):
                return self._scalars.yaml_constructors[tag](self._scalars, yaml.ScalarNode(tag, event.value))
        except (ValueError, KeyError, IndexError, ArithmeticError):
            pass  # 0x_, or a number of thousands of digits
        return event  # no type takes it

    def _note(self, path: str, code: str, event: Any, detail: str = "") -> None:
        told = PlainData(None, self._file).placed(DataFault(self._file, path, code, detail))
        self._faults.append(replace(told, line=event.start_mark.line + 1))


def read_json(content: bytes | str) -> PlainData:
    """Return the content of a JSON text; InvalidData when it cannot be read at all."""
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        return PlainData(json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refused))
    except UnicodeDecodeError as error:
        raise _unreadable("not_utf8", str(error.start + 1)) from error
    except RecursionError as error:
        raise _unreadable("too_deep", str(MOST_DEEP)) from error
    except ValueError as error:  # a number of thousands of digits has no line
        line = getattr(error, "lineno", 0)
        raise _unreadable("not_json", str(line or "?"), line) from error


def _unreadable(code: str, detail: str, line: int = 0) -> InvalidData:
    return InvalidData([replace(PlainData(None).placed(DataFault("", "", code, detail)), line=line)])


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON keeps the last of two equal keys in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        key, _times = Counter(key for key, _ in pairs).most_common(1)[0]
        raise _unreadable("duplicate_key", key)
    return found


def _refused(constant: str) -> None:
    raise _unreadable("no_number", constant)
