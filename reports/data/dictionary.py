"""The data dictionary: every column, table, measure, state and category with its meaning, unit and source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, make_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from surveys.faults import DataFault
from surveys.plain_data import read_yaml
from surveys.schema import BilingualText
from surveys.validation import as_wording, make_converter, validated

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


@dataclass(frozen=True)
class _Stated:
    label: BilingualText
    meaning: BilingualText
    unit: str = ""
    source: str = ""


_PARTS = dict.fromkeys(("units", "sources"), Mapping[str, BilingualText]) | dict.fromkeys(PARTS, Mapping[str, _Stated])
_File: Any = make_dataclass("_File", _PARTS.items())


@lru_cache(maxsize=1)
def entries() -> dict[tuple[str, str], DictionaryEntry]:
    """Every entry by its part and code, in order; InvalidData when anything in the file is missing or unknown."""
    converter = make_converter(empty_is_missing=True)
    converter.register_structure_hook(BilingualText, as_wording)
    words = validated(read_yaml(FILE), _File, converter, _unknown_words)
    units, sources = words.units, words.sources
    return {
        (part, code): DictionaryEntry(
            part, code, each.label, each.meaning, each.unit, units.get(each.unit), sources.get(each.source)
        )
        for part, code, each in _stated(words)
    }


def _stated(words: Any) -> Iterator[tuple[str, str, _Stated]]:
    for part in PARTS:
        for code, each in getattr(words, part).items():
            yield part, code, each


def _unknown_words(words: Any) -> Iterator[DataFault]:
    for part, code, each in _stated(words):
        for key, name, known in (("unit", each.unit, words.units), ("source", each.source, words.sources)):
            if name and name not in known:
                yield DataFault("", f"{part}.{code}.{key}", "not_one_of", name, ", ".join(known))
