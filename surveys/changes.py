"""What became of each item from one edition of a survey to a later one, as its editors declare it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from surveys.faults import InvalidData
from surveys.loader import read_yaml
from surveys.node import Node

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
    node = read_yaml(path)
    change = _declared(node)
    if node.faults:
        raise InvalidData(node.faults)
    return change


def _declared(node: Node) -> EditionChange:
    if not node.expect_keys(("slug", "earlier", "later", "items")):
        return EditionChange("", "", "", {})
    slug, earlier, later = (str(node.value.get(key, "")) for key in ("slug", "earlier", "later"))
    if earlier == later:
        node.child("later").fault("same_edition")
    items = node.child("items")
    return EditionChange(slug, earlier, later, {str(code): _change(items.child(code)) for code in _codes(items)})


def _codes(node: Node) -> list[str]:
    if isinstance(node.value, dict):
        return list(node.value)
    node.fault("wrong_shape", "a mapping / mapio")
    return []


def _change(node: Node) -> ItemChange:
    """`same`, `reworded` or `new`; or `{same: OLD-1}` for a new code; or `{split from: [OLD-1, OLD-2]}`."""
    given: Any = node.value
    word, came_from = (
        next(iter(given.items())) if isinstance(given, dict) and given else (given, node.path.split(".")[-1])
    )
    if word not in {wording.value for wording in WordingStatus}:
        node.fault("not_one_of", word, ", ".join(WordingStatus))
        return ItemChange(WordingStatus.NEW)
    codes = came_from if isinstance(came_from, list) else [came_from]
    if not codes or not all(isinstance(each, str) and each for each in codes):
        node.fault("wrong_shape", "codes / codau")
    wording = WordingStatus(word)
    return ItemChange(wording, () if wording is WordingStatus.NEW else tuple(str(each) for each in codes))
