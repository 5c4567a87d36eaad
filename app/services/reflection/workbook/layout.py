"""The layout of the reflection workbook: its columns, its identity, and the row of each field."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.schema import (
    UNABLE,
    BilingualText,
    Item,
    Kind,
    Outcome,
    Question,
    Questionnaire,
    Survey,
)

from app.domain.reflection.answer_fields import YES, fields_of
from app.i18n import gettext as _
from app.i18n import in_both, local
from app.services.spreadsheet.table_writer import TableColumn

COLUMNS = ("item", "field", "asked", "answer", "over")
"""The codes in the heading row; the reader finds columns by code, so people can move them."""

NEEDED = ("item", "field", "answer", "over")
"""The columns that are read; "asked" is only for people."""

IDENTITY = ("cycle", "cluster", "wording", "language", "format")
"""The names under which the guide stores which cycle, cluster, wording, language and format a workbook is of."""

FORMAT = "1"
"""The version of this layout; raise it when workbooks in use could no longer be read."""

LONGEST_TITLE = 31
"""The most characters that spreadsheet programs allow in the name of a sheet."""


def columns() -> tuple[TableColumn, ...]:
    """Return the columns of every sheet with answers, in the current language."""
    words = (_("Code"), _("Field"), _("What is asked"), _("Your answer"), _("Version"))
    return tuple(map(TableColumn, COLUMNS, words, (9, 22, 62, 72, 8)))


@dataclass(frozen=True)
class WorkbookRow:
    """The row of one field: its question, and the options to choose from (code -> label; empty for free input)."""

    field: str
    asked: str
    offered: Mapping[str, BilingualText]


def rows(item: Item, questionnaire: Questionnaire) -> tuple[WorkbookRow, ...]:
    """Return the rows of an item, one for each field, in the current language."""
    asked = _asked_of_outcome(item) if isinstance(item, Outcome) else _asked_of_question(item)
    return tuple(WorkbookRow(name, asked(name), offered(item, name, questionnaire)) for name in fields_of(item))


def offered(item: Item, name: str, questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    """Return code -> label of the options of a field; empty if a text or a number is typed."""
    return OFFERED[item.kind](item, name, questionnaire)


def levels(questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    """Return code -> name of the levels, and of "not able to say"."""
    return {**questionnaire.levels, UNABLE: in_both(lambda: _("Not able to say"))}


def sheet_title(survey: Survey, number: int) -> str:
    """Return the name of the sheet of a survey: its number and as many words of its title as fit."""
    title = str(number)
    for word in re.sub(r"[][:*?/\\']", " ", local(survey.title)).split():  # not allowed in names of sheets
        if len(f"{title} {word}") > LONGEST_TITLE:
            break
        title = f"{title} {word}"
    return title


def _asked_of_outcome(item: Outcome) -> Callable[[str], str]:
    examples = "; ".join(local(example) for example in item.evidence)
    said = {
        "level": _("Which level is nearest to how the cluster works now?"),
        "why": _("Why this level?") + "\n" + _("What decided it, and what was seen differently."),
        "evidence": _("What shows this?") + "\n" + _("Evidence such as: %(examples)s", examples=examples),
        "next_step": _("What is the next step?") + "\n" + _("Who will do what, by when."),
    }
    return said.__getitem__


def _asked_of_question(item: Question) -> Callable[[str], str]:
    def asked(name: str) -> str:
        kind, _colon, code = name.partition(":")
        if kind == "ranked":
            return str(_("Place %(number)s", number=code))
        if not code:
            return str(_("Your answer"))
        option = item.option(code)
        return local(option.detail) if kind == "detail" else "\n".join(_said_of(option.label, option.hint))

    return asked


def _said_of(*texts: BilingualText | None) -> Iterator[str]:
    return (local(text) for text in texts if text)


def _nothing(_item: Item, _name: str, _questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    return {}


def _levels(_item: Outcome, name: str, questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    return levels(questionnaire) if name == "level" else {}


def _one_option(item: Question, name: str, _questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    return {option.code: option.label for option in item.options} if name == "chosen" else {}


def _yes_or_no(_item: Question, name: str, _questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    return {YES: in_both(lambda: _("Yes")), "": in_both(lambda: _("No"))} if name.startswith("chosen:") else {}


def _ranked_options(item: Question, _name: str, questionnaire: Questionnaire) -> Mapping[str, BilingualText]:
    earlier = questionnaire.items[item.of]
    options = earlier.options if isinstance(earlier, Question) else ()
    return {option.code: option.label for option in options if not option.exclusive}


OFFERED: Mapping[Kind, Callable[[Any, str, Questionnaire], Mapping[str, BilingualText]]] = {
    Kind.OUTCOME: _levels,
    Kind.TEXT: _nothing,
    Kind.LINE: _nothing,
    Kind.NUMBER: _nothing,
    Kind.CHOICE: _one_option,
    Kind.CHOICES: _yes_or_no,
    Kind.RANKING: _ranked_options,
}
"""Kind of question -> the function that returns the options of a field of it."""
