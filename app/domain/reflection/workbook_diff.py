"""A reflection filled in without a connection: what in it is new, and what somebody else changed meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.schema import Item, Outcome, Questionnaire

from app.domain.reflection.answer_fields import Fields, join_answer, split_answer
from app.domain.reflection.answers import Content
from app.domain.spreadsheet.workbook_fault import WorkbookFault


@dataclass(frozen=True)
class WorkbookEntry:
    """One answer as it was filled in: its fields, and the version that they were typed over."""

    item: str
    fields: Fields
    base_version: int


@dataclass(frozen=True)
class WorkbookContent:
    """What was found in a file: the answers, whatever could not be taken, and the language it is written in."""

    entries: tuple[WorkbookEntry, ...]
    faults: tuple[WorkbookFault, ...]
    language: str


@dataclass(frozen=True)
class SavedAnswer:
    """The newest version of an answer."""

    version: int
    content: Content


@dataclass(frozen=True)
class AnswerChange:
    """One answer that would change: the item, what is saved (None: nothing yet), what would take its place."""

    item: Item
    saved: SavedAnswer | None
    after: dict[str, object]

    @property
    def base_version(self) -> int:
        """The version that this change was compared with."""
        return self.saved.version if self.saved else 0

    @property
    def empties(self) -> bool:
        """Whether a text, choice or number that is saved would be taken away and nothing put in its place."""
        before, after = (
            split_answer(self.item, self.saved.content if self.saved else None),
            split_answer(self.item, self.after),
        )
        return any(name not in after for name in before)


@dataclass(frozen=True)
class WorkbookDiff:
    """What is new in a file; in a conflict somebody else changed the same answer meanwhile, and a person decides."""

    changes: tuple[AnswerChange, ...]
    conflicts: tuple[AnswerChange, ...]

    def chosen(self, taken: Iterable[str]) -> tuple[AnswerChange, ...]:
        """The changes, and of the conflicts those whose item is among `taken`."""
        codes = set(taken)
        return (*self.changes, *(conflict for conflict in self.conflicts if conflict.item.code in codes))


def diff_workbook(
    questionnaire: Questionnaire,
    entries: Iterable[WorkbookEntry],
    newest: Mapping[str, SavedAnswer],
    typed_over: Mapping[str, Content],
) -> WorkbookDiff:
    """What of the entries is new, against the newest answers and those that each entry was typed over.

    An entry that says what it was typed over, or what is saved by now, is no change. Of the others, one
    that was typed over the newest version is a change; otherwise both were changed, and it is a conflict.
    """
    changes: list[AnswerChange] = []
    conflicts: list[AnswerChange] = []
    for entry in entries:
        item, saved = questionnaire.items[entry.item], newest.get(entry.item)
        if entry.fields in (split_answer(item, saved.content if saved else None), *_before(item, entry, typed_over)):
            continue
        change = AnswerChange(item, saved, _content(item, entry, saved))
        (changes if saved is None or saved.version == entry.base_version else conflicts).append(change)
    return WorkbookDiff(tuple(changes), tuple(conflicts))


def _before(item: Item, entry: WorkbookEntry, typed_over: Mapping[str, Content]) -> tuple[Fields, ...]:
    """The fields as they were when the file was written; none where that version never was."""
    if entry.base_version and entry.item not in typed_over:
        return ()
    return (split_answer(item, typed_over.get(entry.item)),)


def _content(item: Item, entry: WorkbookEntry, saved: SavedAnswer | None) -> dict[str, object]:
    """The answer as it would be saved; who was present is not in a workbook and stays as it is."""
    content = join_answer(item, entry.fields)
    if isinstance(item, Outcome):
        content["present"] = saved.content.get("present") if saved else None
    return content
