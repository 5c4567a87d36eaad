"""Writes a reflection as a workbook: a guide, a sheet for each survey, lists to choose from."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from surveys.schema import BilingualText, Item, Outcome, Survey

from app.domain.reflection.answer_fields import split_answer
from app.i18n import gettext as _
from app.i18n import local
from app.services.reflection.queries import Overview
from app.services.reflection.workbook.guide import title, write_guide
from app.services.reflection.workbook.layout import COLUMNS, WIDTHS, WorkbookRow, rows, sheet_title
from app.services.spreadsheet.styles import STYLES, height, of_answer, printed


def write_reflection_workbook(shown: Overview) -> bytes:
    """The workbook of a reflection with what is saved so far, in the language spoken now."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title(shown), "created": shown.reflection.cycle.opens})
        _ReflectionWriter(book, shown).write()
    return file.getvalue()


class _ReflectionWriter:
    """One workbook while it is written: its styles, and the lists that were written so far."""

    def __init__(self, book: Workbook, shown: Overview) -> None:
        self.book, self.shown = book, shown
        self.styles: dict[str, Format] = {name: book.add_format(style) for name, style in STYLES.items()}
        self.lists: dict[tuple[str, ...], str] = {}
        self.list_title = _("Lists")

    def write(self) -> None:
        """All sheets, the guide first and the lists last."""
        write_guide(self.book.add_worksheet(_("How to use it")), self.styles, self.shown)
        sheets = [
            (self.book.add_worksheet(sheet_title(survey, number)), survey)
            for number, survey in enumerate(self.shown.questionnaire, 1)
        ]
        self.list_sheet = self.book.add_worksheet(self.list_title)
        self.list_sheet.hide()
        for sheet, survey in sheets:
            self._survey(sheet, survey)

    def _survey(self, sheet: Worksheet, survey: Survey) -> None:
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        words = (_("Code"), _("Field"), _("What is asked"), _("Your answer"), _("Version"))
        for column, (word, code) in enumerate(zip(words, COLUMNS, strict=True)):
            sheet.write_string(0, column, word, self.styles["head"])
            sheet.write_string(1, column, code, self.styles["code"])
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(0)
        printed(sheet, landscape=True)
        row = self._said(sheet, 2, ("title", local(survey.title)), ("words", local(survey.introduction)))
        if survey.is_draft and survey.outcomes:
            row = self._said(sheet, row, ("mark", _("Working draft, not the official matrix")))
        for item in survey.items:
            row = self._item(sheet, row + 1, item)

    def _said(self, sheet: Worksheet, row: int, *lines: tuple[str, str]) -> int:
        """Write lines to read, and return the row after them."""
        for number, (style, line) in enumerate(lines, row):
            sheet.write_string(number, 2, line, self.styles[style])
            sheet.set_row(number, height(style, (line, WIDTHS[2])))
        return row + len(lines)

    def _item(self, sheet: Worksheet, row: int, item: Item) -> int:
        saved = self.shown.newest.get(item.code)
        held = split_answer(item, self.shown.answer(item))
        row = self._said(sheet, row, ("item", local(item.title)), *(("words", line) for line in self._described(item)))
        for number, each in enumerate(rows(item, self.shown.questionnaire), row):
            sheet.write_string(number, 0, item.code, self.styles["code"])
            sheet.write_string(number, 1, each.field, self.styles["code"])
            sheet.write_string(number, 2, each.asked, self.styles["words"])
            value = held.get(each.field, "")
            self._answer(sheet, number, each, value)
            room = str(value) if each.offered or each.field == "number" else f"{value}\n\n"
            sheet.set_row(number, height("words", (each.asked, WIDTHS[2]), (room, WIDTHS[3])))
            sheet.write_number(number, 4, saved.version if saved else 0, self.styles["code"])
        return row + len(rows(item, self.shown.questionnaire))

    def _described(self, item: Item) -> Iterable[str]:
        if not isinstance(item, Outcome):
            return [local(item.hint)] if item.hint else []
        names = self.shown.questionnaire.levels
        return [
            local(item.statement),
            *(f"{local(names[level])}: {local(text)}" for level, text in item.descriptors.items()),
        ]

    def _answer(self, sheet: Worksheet, row: int, asked: WorkbookRow, value: str | int) -> None:
        if asked.offered:
            label = asked.offered[str(value)] if value in asked.offered and value else None
            sheet.write_string(row, 3, local(label), self.styles["answer"])
            sheet.data_validation(row, 3, row, 3, self._choice(tuple(asked.offered.values())))
        elif asked.field == "number":
            sheet.write(row, 3, None if value == "" else value, self.styles["number"])
        else:
            sheet.write_string(row, 3, str(value), self.styles[of_answer(str(value))])

    def _choice(self, labels: tuple[BilingualText, ...]) -> dict[str, Any]:
        """A list to choose from; anything else can be typed after a question, since codes are read too."""
        return {
            "validate": "list",
            "source": self._list(tuple(local(label) for label in labels)),
            "error_type": "warning",
            "error_title": _("Not in the list"),
            "error_message": _("Choose from the list."),
        }

    def _list(self, labels: tuple[str, ...]) -> str:
        """Return the cell range of these labels on the sheet of lists; equal lists of labels are written once."""
        if labels not in self.lists:
            column = len(self.lists)
            letter = xl_col_to_name(column)
            for row, label in enumerate(labels):
                self.list_sheet.write_string(row, column, label)
            self.lists[labels] = f"='{self.list_title}'!${letter}$1:${letter}${len(labels)}"
        return self.lists[labels]
