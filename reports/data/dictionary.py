"""The data dictionary: every column, table, measure, state and category with its meaning, unit and source."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from surveys.faults import InvalidData
from surveys.loader import read_yaml
from surveys.node import Node
from surveys.schema import BilingualText

FILE = Path(__file__).with_name("dictionary.yaml")
PARTS = ("column", "report", "table", "measure", "state", "category", "about")
HEADERS = ("part", "code", "label", "meaning", "unit", "source")
CODED = "code"
"""The unit of a measure whose values are codes."""


@dataclass(frozen=True)
class DictionaryEntry:
    """What one code means."""

    part: str
    code: str
    label: BilingualText
    meaning: BilingualText
    unit_code: str = ""
    unit: BilingualText | None = None
    source: BilingualText | None = None

    def said(self, language: str) -> tuple[str, ...]:
        """The entry in one language, a text for each of HEADERS."""
        words = (self.label, self.meaning, self.unit, self.source)
        return (self.part, self.code, *(text[language] if text else "" for text in words))


def dictionary(language: str) -> tuple[tuple[str, ...], ...]:
    """The whole dictionary in one language, the same for every report."""
    return tuple(entry.said(language) for entry in entries().values())


def entry(part: str, code: str) -> DictionaryEntry | None:
    """What a code means, None where the dictionary does not have it."""
    return entries().get((part, code))


@lru_cache(maxsize=1)
def entries() -> dict[tuple[str, str], DictionaryEntry]:
    """Every entry by its part and code, in order; InvalidData when anything in the file is missing or unknown."""
    node = read_yaml(FILE)
    node.expect_keys(("units", "sources", *PARTS))
    found = {(part, code): _read(node, part, code) for part in PARTS for code in _codes(node, part)}
    if node.faults:
        raise InvalidData(node.faults)
    return found


def _codes(node: Node, part: str) -> Iterator[str]:
    yield from node.child(part).value or ()


def _read(node: Node, part: str, code: str) -> DictionaryEntry:
    stated = node.child(part).child(code)
    stated.expect_keys(("label", "meaning"), ("unit", "source"))
    units, sources = node.child("units"), node.child("sources")
    unit = stated.one_of("unit", tuple(units.value or ()))
    source = stated.one_of("source", tuple(sources.value or ()))
    return DictionaryEntry(
        part,
        code,
        label=stated.text("label"),
        meaning=stated.text("meaning"),
        unit_code=unit,
        unit=units.text(unit) if unit else None,
        source=sources.text(source) if source else None,
    )
