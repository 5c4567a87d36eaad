"""Sentences about faults in a wording workbook, with what to do."""

from collections.abc import Callable, Mapping

from app.domain.errors import UnreadableWorkbook
from app.domain.survey.wording_workbook import CellLocation, WordingFault
from app.i18n import gettext as _
from app.i18n import language
from app.messages.reflection import FAULTS, REFUSED, place

UNREADABLE: Mapping[str, Callable[[str], str]] = {
    **{reason: REFUSED[reason] for reason in ("not_a_workbook", "old", "password", "damaged")},
    "dangerous": lambda _said: _(
        "This file contains declarations that no spreadsheet program writes. Copy the wording into a new export."
    ),
    "too_much_inside": lambda _said: _(
        "There is far more in this workbook than a survey needs. Delete empty rows and columns that were added, "
        "and pictures, or copy the wording into a new export."
    ),
    "too_large": lambda _said: _(
        "This file is far larger than a survey needs. Take out pictures, or copy the wording into a new export."
    ),
}
"""Code of a refusal of a whole file -> its sentence."""

WRONG: Mapping[str, Callable[[str], str]] = {
    **{reason: FAULTS[reason] for reason in ("formula", "formatted", "missing_heading", "two_columns", "two_headings")},
    "number": lambda said: _("it contains the number %(said)s. Format the cell as text and type it again.", said=said),
    "error_value": lambda said: _("it contains an error (%(said)s). Type the words again.", said=said),
    "missing_sheet": lambda _said: _("it is not in the workbook. Copy it from a new export."),
    "two_sheets": lambda said: _("it is there more than once: %(said)s. Delete what you do not need.", said=said),
    "no_outcomes": lambda _said: _("it has no outcomes. Copy them from a new export."),
    "no_code": lambda _said: _("it has no code, but words beside it. Type its code, or delete the row."),
    "code_twice": lambda said: _(
        "it repeats the code “%(said)s”. Delete the row, or give it a code of its own.", said=said
    ),
    "unknown_row": lambda said: _("there is the code “%(said)s”, which is not known here. Delete the row.", said=said),
    "strange_code": lambda said: _("it is not a code of this survey. Type one such as “%(said)s”.", said=said),
    "unknown_survey": lambda said: _(
        "“%(said)s” is not a survey of outcomes. Type the name that the export had: pcmw or acd.", said=said
    ),
    "one_value": lambda _said: _("it is not read: here both languages share what is in the English column. Empty it."),
    "fewer_lines": lambda said: _(
        "it has fewer lines than the other language (%(said)s). Write each in both languages.", said=said
    ),
    "source_of_draft": lambda _said: _(
        "it still says where the draft came from. Say where the official wording comes from."
    ),
    "not_raised": lambda said: _(
        "it is not above the present edition, although the wording has changed. Type a higher one than “%(said)s”.",
        said=said,
    ),
}
"""Code of a fault -> its sentence, which continues after the place."""


def refusal(refused: UnreadableWorkbook) -> str:
    """Return why a whole file is refused."""
    return UNREADABLE[refused.reason](refused.said)


def sentence(fault: WordingFault) -> str:
    """Return where something is wrong, what, and what to do."""
    return f"{_at(fault.place)}: {fault.found.words(language()) if fault.found else WRONG[fault.reason](fault.said)}"


def _at(where: CellLocation) -> str:
    at = place(where.sheet, where.cell)
    return f"{at} ({where.about})" if where.about else at
