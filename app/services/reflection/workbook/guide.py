"""The first sheet of a workbook: how to fill it in, and the identity by which the service recognises it."""

from collections.abc import Iterable, Mapping

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.i18n import gettext as _
from app.i18n import language, local
from app.services.reflection.queries import Overview
from app.services.reflection.workbook.layout import FORMAT, IDENTITY
from app.services.spreadsheet.styles import height, printed

WIDTH = 100


def write_guide(sheet: Worksheet, styles: Mapping[str, Format], shown: Overview) -> None:
    """Write the first sheet, in the current language."""
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, WIDTH)
    lines = [("title", title(shown)), *(("mark", mark) for mark in _marks(shown)), *_steps()]
    for row, (style, line) in enumerate(lines):
        sheet.write_string(row, 1, line, styles[style])
        sheet.set_row(row, height(style, (line, WIDTH)))
    start = len(lines) + 2
    sheet.write_string(start - 1, 1, _("For the service. Leave these lines as they are."), styles["code"])
    for row, (name, value) in enumerate(_identity(shown).items(), start):
        sheet.write_string(row, 0, name, styles["code"])
        sheet.write_string(row, 1, value, styles["code"])
    printed(sheet, landscape=False)


def title(shown: Overview) -> str:
    """Return the title of the workbook, in the current language."""
    where = shown.reflection
    said: str = _("%(cluster)s: reflection for %(year)s", cluster=local(where.cluster.name), year=where.cycle_year)
    return said


def _marks(shown: Overview) -> Iterable[str]:
    if any(survey.is_draft for survey in shown.questionnaire if survey.outcomes):
        yield _("Working draft, not the official matrix")
    if shown.reflection.cycle.synthetic:
        yield _("Invented data for demonstration")


def _identity(shown: Overview) -> dict[str, str]:
    where, wording = shown.reflection, shown.questionnaire.content_hash
    values = (str(where.cycle_year), where.cluster.code, wording, language(), FORMAT)
    return dict(zip(IDENTITY, values, strict=True))


def _steps() -> list[tuple[str, str]]:
    """Return the instructions as (style, text), in the current language."""
    return [
        ("words", line)
        for line in (
            _("Fill in this workbook offline, on your own or in a discussion, and upload it afterwards."),
            _("1. Write in the yellow cells only. Where an arrow appears beside a cell, choose from its list."),
            _("2. Leave empty what you do not know yet. You can upload the workbook more than once."),
            _("3. Do not delete rows or headings. You can move columns and make them wider."),
            _("4. Save the workbook as an Excel workbook (.xlsx)."),
            _(
                "5. In the service, choose “Upload a completed workbook”. It shows "
                "what would change before anything is saved."
            ),
            _("Name no patients and no members of staff."),
        )
    ]
