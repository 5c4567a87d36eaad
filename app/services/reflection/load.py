"""Loads a workbook back: shows what would change, then saves all of what was chosen or nothing."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.reflection.workbook_diff import SavedAnswer, WorkbookContent, WorkbookDiff, diff_workbook
from app.domain.saving.decision import PendingSave
from app.models import Person
from app.services.reflection.commands import save_answers
from app.services.reflection.queries import Overview, answers_at_versions


def compare_workbook(shown: Overview, reading: WorkbookContent) -> WorkbookDiff:
    """What is new in a workbook, against what is saved now and what it was filled in over."""
    wanted = {entry.item: entry.over for entry in reading.entries}
    typed_over = answers_at_versions(shown.reflection, wanted)
    return diff_workbook(
        shown.questionnaire,
        reading.entries,
        {code: SavedAnswer(each.version, shown.answer(shown.item(code)) or {}) for code, each in shown.newest.items()},
        {code: answer.content for code, answer in typed_over.items()},
    )


def save_workbook(
    shown: Overview, found: WorkbookDiff, taken: Iterable[str], by: Person, language: str, now: datetime
) -> None:
    """Save the changes, and of the clashes those whose item is `taken`: all of it, or nothing and StaleAnswer.

    CycleNotOpen and AlreadySubmitted when nothing can be saved any more.
    """
    drafts = [PendingSave(each.item.code, each.after, each.over, language) for each in found.chosen(taken)]
    save_answers(shown.reflection, drafts, by, now)
