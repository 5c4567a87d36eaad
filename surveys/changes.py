"""What became of each item from one edition of a survey to a later one, as its editors declare it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from surveys.faults import DataFault, InvalidData
from surveys.plain_data import read_yaml
from surveys.validation import Flaw, make_converter, one_of, validated

CHANGES = Path(__file__).parent / "changes"


class WordingStatus(StrEnum):
    """How the wording of an item compares with an earlier edition; only answers to the same wording are compared."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    SPLIT = "split from"


@dataclass(frozen=True)
class ItemChange:
    """What an item was before: its wording, and the codes of the items it came from (none for a new one)."""

    wording: WordingStatus
    came_from: tuple[str, ...] = ()

    @property
    def is_comparable(self) -> bool:
        """Whether answers before and after are answers to the same thing."""
        return self.wording is WordingStatus.SAME


@dataclass(frozen=True)
class EditionChange:
    """The changes of one survey from an earlier edition to a later one, by item code of the later."""

    slug: str
    earlier: str
    later: str
    items: Mapping[str, ItemChange]


@lru_cache(maxsize=1)
def declared_changes() -> tuple[EditionChange, ...]:
    """Return all declared changes, in the order of their file names."""
    return load_changes(CHANGES)


def load_changes(folder: Path) -> tuple[EditionChange, ...]:
    """The declarations in a folder of YAML files; InvalidData carries the faults of every file."""
    found, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(load_change(path))
        except InvalidData as these:
            faults += these.faults
    if faults:
        raise InvalidData(faults)
    return tuple(found)


def load_change(path: Path) -> EditionChange:
    """The declaration in one file; InvalidData when anything is wrong with it."""
    plain = read_yaml(path)
    if isinstance(plain.value, dict) and plain.value.get("earlier") == plain.value.get("later"):
        same = plain.placed(DataFault("", "later", "same_edition"))
        plain = replace(plain, faults=(*plain.faults, same))
    return validated(plain, EditionChange, CONVERTER)


def _item_changes(declared: Any, kind: Any) -> Any:
    coded = {code: (code, given) for code, given in declared.items()} if isinstance(declared, dict) else declared
    return _MAPPING(coded, kind)


def _item_change(declared: tuple[str, Any], _kind: Any) -> ItemChange:
    """`same`, `reworded` or `new`; or `{same: OLD-1}` for a new code; or `{split from: [OLD-1, OLD-2]}`."""
    code, given = declared
    word, came_from = next(iter(given.items())) if isinstance(given, dict) and given else (given, code)
    wording = one_of(word, WordingStatus)
    codes = came_from if isinstance(came_from, list) else [came_from]
    if not codes or not all(isinstance(each, str) and each for each in codes):
        raise Flaw("wrong_shape", "codes / codau")
    return ItemChange(wording, () if wording is WordingStatus.NEW else tuple(codes))


CONVERTER = make_converter(empty_is_missing=True)
CONVERTER.register_structure_hook(ItemChange, _item_change)
_MAPPING = CONVERTER.get_structure_hook(Mapping[str, ItemChange])
CONVERTER.register_structure_hook_func(lambda kind: kind == Mapping[str, ItemChange], _item_changes)
