"""What became of an outcome's wording from one edition to the next: only what was asked alike is compared."""

from enum import StrEnum

from surveys.schema import Item, Outcome


class Wording(StrEnum):
    """The wording of an item beside its wording in another edition."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"


def wording(before: Item | None, now: Item) -> Wording:
    """How an item stands to the one of that code before: what a level means is in statement and descriptors."""
    if before is None or before.kind is not now.kind:
        return Wording.NEW
    return Wording.SAME if _meaning(before) == _meaning(now) else Wording.REWORDED


def _meaning(item: Item) -> object:
    if isinstance(item, Outcome):
        return item.title, item.statement, dict(item.descriptors)
    return item.title, item.hint, item.options, item.minimum, item.maximum, item.most
