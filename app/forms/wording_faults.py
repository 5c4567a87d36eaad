"""What is wrong with a workbook that holds the wording of a survey, in sentences that say what to do."""

from collections.abc import Callable, Mapping

from app.domain.refusals import UnreadableWorkbook
from app.domain.worded import Fault, Place
from app.forms.faults import FAULTS, REFUSED
from app.i18n import gettext as _
from app.i18n import language

UNREADABLE: Mapping[str, Callable[[str], str]] = {
    **{reason: REFUSED[reason] for reason in ("not_a_workbook", "old", "password", "damaged")},
    "dangerous": lambda _said: _(
        "This file holds declarations that no spreadsheet program writes. Copy the wording into a new export."
    ),
    "too_much_inside": lambda _said: _(
        "There is far more in this workbook than a survey needs. Delete empty rows and columns that were added, "
        "and pictures, or copy the wording into a new export."
    ),
    "too_large": lambda _said: _(
        "This file is far larger than a survey needs. Take out pictures, or copy the wording into a new export."
    ),
}
"""Why a whole file is refused -> its sentence."""

WRONG: Mapping[str, Callable[[str], str]] = {
    **{reason: FAULTS[reason] for reason in ("formula", "formatted")},
    "number": lambda said: _("holds the number %(said)s. Format the cell as text and write it in again.", said=said),
    "error_value": lambda said: _("holds an error (%(said)s). Write the words in again.", said=said),
    "missing_sheet": lambda _said: _("is not in the workbook. Copy it from a new export."),
    "two_sheets": lambda said: _("is there more than once: %(said)s. Delete what you do not need.", said=said),
    "missing_column": lambda said: _(
        "headings are missing: %(said)s. Type each above its column, in the small line of codes.", said=said
    ),
    "two_columns": lambda said: _("has headings twice: %(said)s. Delete one column of the two.", said=said),
    "no_outcomes": lambda _said: _("has no outcomes. Copy them from a new export."),
    "no_code": lambda _said: _("has no code, but words beside it. Write its code, or delete the row."),
    "code_twice": lambda said: _("repeats the code “%(said)s”. Delete the row, or give it its own.", said=said),
    "unknown_row": lambda said: _("has the code “%(said)s”, which is not known here. Delete the row.", said=said),
    "strange_code": lambda said: _("is not a code of this survey. Write one such as “%(said)s”.", said=said),
    "unknown_survey": lambda said: _(
        "“%(said)s” is no survey of outcomes. Write the name that the export had: pcmw or acd.", said=said
    ),
    "one_value": lambda _said: _("is not read: here both languages share what stands in the English column. Empty it."),
    "fewer_lines": lambda said: _(
        "has fewer lines than the other language (%(said)s). Write each in both languages.", said=said
    ),
    "source_of_draft": lambda _said: _(
        "still says where the draft came from. Write where the official wording comes from."
    ),
    "not_raised": lambda said: _(
        "is not above the present edition, although the wording has changed. Write a higher one than “%(said)s”.",
        said=said,
    ),
}
"""Why a text is not taken -> its sentence, which goes on from the place."""


def refusal(refused: UnreadableWorkbook) -> str:
    """Why a whole file is refused."""
    return UNREADABLE[refused.reason](refused.said)


def sentence(fault: Fault) -> str:
    """Where something is wrong, what it is and what to do."""
    return f"{_at(fault.place)}: {fault.found.words(language()) if fault.found else WRONG[fault.reason](fault.said)}"


def _at(place: Place) -> str:
    where = (
        _("Sheet “%(sheet)s”, cell %(cell)s", sheet=place.sheet, cell=place.cell)
        if place.cell
        else _("Sheet “%(sheet)s”", sheet=place.sheet)
    )
    return f"{where} ({place.about})" if place.about else where
