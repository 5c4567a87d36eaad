"""Sentences about faults in a reflection's workbook, with what to do."""

from collections.abc import Callable, Mapping

from app.domain.errors import UnreadableWorkbook
from app.domain.reflection.rules import LONGEST_TEXT
from app.domain.spreadsheet.workbook_fault import WorkbookFault
from app.i18n import gettext as _

REFUSED: Mapping[str, Callable[[str], str]] = {
    "not_a_workbook": lambda _said: _("This is not an Excel workbook. Save it as .xlsx and try again."),
    "old": lambda _said: _("This is a workbook of the old kind (.xls). Save it as .xlsx and try again."),
    "password": lambda _said: _("This workbook has a password. Take the password off, save it and try again."),
    "damaged": lambda _said: _("This workbook is damaged. Open it, save it again as .xlsx and try again."),
    "dangerous": lambda _said: _(
        "This file contains declarations that no spreadsheet program writes. Download the workbook here again and "
        "copy your answers into it."
    ),
    "too_much_inside": lambda _said: _(
        "There is far more in this workbook than in the one you downloaded here. Delete empty rows and columns "
        "that were added, and pictures, or copy your answers into a new download."
    ),
    "not_ours": lambda _said: _(
        "This workbook was not downloaded here, or its first sheet is gone. "
        "Download one here and copy your answers into it."
    ),
    "other_format": lambda _said: _(
        "This workbook was made for another version of the service. "
        "Download it here again and copy your answers into it."
    ),
    "other_cycle": lambda said: _(
        "This workbook is for another year (%(cycle)s). Choose the one that you downloaded for this year.", cycle=said
    ),
    "other_cluster": lambda said: _(
        "This workbook belongs to another cluster (%(cluster)s). Choose the one of this cluster.", cluster=said
    ),
    "other_wording": lambda _said: _(
        "The questions in this workbook are worded differently from those of this year. "
        "Download it here again and copy your answers into it."
    ),
}
"""Code of a refusal of a whole file -> its sentence."""

FAULTS: Mapping[str, Callable[[str], str]] = {
    "formula": lambda _said: _("it contains a formula. Type its result as text."),
    "error_value": lambda said: _("it contains an error (%(said)s). Type the answer as text.", said=said),
    "formatted": lambda _said: _(
        "it contains a date or a number in a format of its own. Format the cell as text and type it again."
    ),
    "merged": lambda _said: _("this cell is merged with other cells. Undo the merge."),
    "too_long": lambda said: _(
        "it contains %(length)s characters. Shorten it to %(limit)s or fewer.", length=said, limit=f"{LONGEST_TEXT:,}"
    ),
    "unknown_choice": lambda said: _(
        "it says “%(said)s”, which is not one of the answers. Choose from its list.", said=said
    ),
    "not_whole_number": lambda said: _(
        "it says “%(said)s”. Type a whole number no larger than the question allows.", said=said
    ),
    "not_alone": lambda _said: _("this is chosen together with others. Choose it on its own, or leave it out."),
    "ranked_twice": lambda _said: _("this repeats an answer. Put each answer in one place only."),
    "not_chosen": lambda said: _(
        "this ranks an answer that is not chosen in %(code)s. Choose it there, or leave it out here.", code=said
    ),
    "no_version": lambda _said: _("the version should be here. Copy it from another row of the same question."),
    "unknown_item": lambda said: _("there is the code “%(said)s”, which is not asked this year.", said=said),
    "unknown_field": lambda said: _("there is the field “%(said)s”, which this question does not have.", said=said),
    "twice_in_file": lambda said: _("this is a second row for “%(said)s”. Delete one of the two.", said=said),
    "missing_heading": lambda said: _(
        "headings are missing: %(said)s. Type each above its column, in the small line of codes.", said=said
    ),
    "two_columns": lambda said: _("it has headings twice: %(said)s. Delete one of the two columns.", said=said),
    "two_headings": lambda _said: _(
        "this is a second row of headings. Delete it, and any rows below it that repeat those above."
    ),
    "missing_rows": lambda said: _("rows of %(said)s are missing. Copy them from a new download.", said=said),
    "missing_sheet": lambda _said: _("it is not in the workbook. None of its answers are changed."),
}
"""Code of a fault -> its sentence, which continues after the place."""


def refusal(refused: UnreadableWorkbook) -> str:
    """Return why a whole file is refused."""
    return REFUSED[refused.reason](refused.said)


def place(sheet: str, cell: str) -> str:
    """Return the place of something in a workbook; without a cell, the whole sheet."""
    if cell:
        return str(_("Sheet “%(sheet)s”, cell %(cell)s", sheet=sheet, cell=cell))
    return str(_("Sheet “%(sheet)s”", sheet=sheet))


def sentence(fault: WorkbookFault) -> str:
    """Return where something is wrong, what, and what to do."""
    return f"{place(fault.sheet, fault.cell)}: {FAULTS[fault.reason](fault.said)}"
