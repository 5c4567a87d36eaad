"""Write a reflection as a workbook: the guide, a sheet for each survey, a hidden sheet of lists to choose from."""

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
from app.services.reflection.workbook.layout import COLUMNS, WorkbookRow, columns, rows, sheet_title
from app.services.spreadsheet.styles import STYLES, of_answer, printed
from app.services.spreadsheet.table_writer import TableCell, TableWriter

ASKED = COLUMNS.index("asked")


def write_reflection_workbook(shown: Overview) -> bytes:
    """Return the .xlsx file of a reflection with its newest answers, in the current language."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title(shown), "created": shown.reflection.cycle.opens})
        _ReflectionWriter(book, shown).write()
    return file.getvalue()


class _ReflectionWriter:
    """Writes one workbook; holds its styles and the lists written so far."""

    def __init__(self, book: Workbook, shown: Overview) -> None:
        self.book, self.shown = book, shown
        self.styles: dict[str, Format] = {name: book.add_format(style) for name, style in STYLES.items()}
        self.lists: dict[tuple[str, ...], str] = {}
        self.list_title = _("Lists")

    def write(self) -> None:
        """Write all sheets: the guide first, the hidden lists last."""
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
        table = TableWriter(sheet, self.styles, columns())
        sheet.repeat_rows(0)
        printed(sheet, landscape=True)
        table.write_lines(ASKED, ("title", local(survey.title)), ("words", local(survey.introduction)))
        if survey.is_draft and survey.outcomes:
            table.write_lines(ASKED, ("mark", _("Working draft, not the official matrix")))
        for item in survey.items:
            table.row += 1
            self._item(table, item)

    def _item(self, table: TableWriter, item: Item) -> None:
        saved = self.shown.newest.get(item.code)
        held = split_answer(item, self.shown.answer(item))
        table.write_lines(ASKED, ("item", local(item.title)), *(("words", line) for line in self._described(item)))
        for each in rows(item, self.shown.questionnaire):
            code, name, over = (
                TableCell(key, "code") for key in (item.code, each.field, saved.version if saved else 0)
            )
            answer = self._answer(each, held.get(each.field, ""))
            table.write_row(code, name, TableCell(each.asked, "words"), answer, over)
            if each.offered:
                table.offer(COLUMNS.index("answer"), self._choice(tuple(each.offered.values())))

    def _described(self, item: Item) -> Iterable[str]:
        if not isinstance(item, Outcome):
            return [local(item.hint)] if item.hint else []
        names = self.shown.questionnaire.levels
        return [
            local(item.statement),
            *(f"{local(names[level])}: {local(text)}" for level, text in item.descriptors.items()),
        ]

    @staticmethod
    def _answer(asked: WorkbookRow, value: str | int) -> TableCell:
        if asked.offered:
            label = asked.offered[str(value)] if value in asked.offered and value else None
            return TableCell(local(label), "answer", str(value))
        if asked.field == "number":
            return TableCell(None if value == "" else value, "number", str(value))
        return TableCell(str(value), of_answer(str(value)), f"{value}\n\n")

    def _choice(self, labels: tuple[BilingualText, ...]) -> dict[str, Any]:
        """Return the validation of a cell with a list; other input only warns, since codes are read too."""
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
