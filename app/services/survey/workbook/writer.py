"""Write the wording of a survey as a workbook to edit, English and Welsh side by side."""

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.schema import LANGUAGES, BilingualText, Outcome, Status, Survey

from app.i18n import gettext as _
from app.i18n import in_both
from app.services.spreadsheet.styles import STYLES, printed
from app.services.spreadsheet.table_writer import TableCell, TableColumn, TableWriter, answer_cell
from app.services.survey.workbook.layout import (
    NAMES,
    OUTCOME_COLUMNS,
    OUTCOME_PARTS,
    OUTCOME_SHEET,
    PLAIN,
    SURVEY_PARTS,
    SURVEY_SHEET,
    heading,
    name,
    texts,
)

NO_CLOCK = datetime(2026, 1, 1)  # noqa: DTZ001 - a day for the file: the same wording gives the same bytes
A3 = 8
WHOLE_WIDTHS = (18, 44, 56, 56)
CODE_WIDTH = 16
WIDTHS = {"title": 26, "drawn_from": 48}
WIDE = 46
"""Width of the other columns, in characters."""


def write_wording_workbook(survey: Survey) -> bytes:
    """Return the .xlsx file of a survey of outcomes; the same wording gives the same bytes."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": f"{survey.slug} {survey.edition}", "created": NO_CLOCK})
        _WordingWriter(book, survey).write()
    return file.getvalue()


HEADINGS = (NAMES["code"], lambda: _("What it is"), lambda: _("English"), lambda: _("Welsh"))


class _WordingWriter:
    """Writes one workbook."""

    def __init__(self, book: Workbook, survey: Survey) -> None:
        self.book, self.survey = book, survey
        self.styles: dict[str, Format] = {style: book.add_format(look) for style, look in STYLES.items()}

    def write(self) -> None:
        """Write both sheets."""
        self._whole(self.book.add_worksheet(SURVEY_SHEET))
        self._outcomes(self.book.add_worksheet(OUTCOME_SHEET))

    def _whole(self, sheet: Worksheet) -> None:
        headings = (_lines(in_both(say)) for say in HEADINGS)
        table = TableWriter(
            sheet, self.styles, tuple(map(TableColumn, ("code", "", *LANGUAGES), headings, WHOLE_WIDTHS))
        )
        for part in (*PLAIN, *SURVEY_PARTS):
            values = [str(getattr(self.survey, part))] if part in PLAIN else _said(self.survey, part)
            cells = [TableCell(each, "code") if part == "slug" else answer_cell(each) for each in values]
            table.write_row(TableCell(part, "code"), TableCell(_lines(name(part, self.survey)), "words"), *cells)
            if part == "status":
                table.offer(2, {"validate": "list", "source": [str(each) for each in Status]})
        printed(sheet, landscape=True)

    def _outcomes(self, sheet: Worksheet) -> None:
        widths = (CODE_WIDTH, *(WIDTHS.get(part, WIDE) for part in OUTCOME_PARTS for _language in LANGUAGES))
        headings = (_lines(heading(code, self.survey)) for code in OUTCOME_COLUMNS)
        columns = tuple(map(TableColumn, OUTCOME_COLUMNS, headings, widths))
        table = TableWriter(sheet, self.styles, columns, frozen=1)
        for outcome in self.survey.outcomes:
            said = (text for part in OUTCOME_PARTS for text in _said(outcome, part))
            table.write_row(TableCell(outcome.code, "code"), *map(answer_cell, said))
        _printed_in_pairs(sheet, len(columns))


def _said(thing: Survey | Outcome, part: str) -> list[str]:
    """Return the cell of a part for each language; several texts are on separate lines."""
    return ["\n".join(text[language] for text in texts(thing, part)) for language in LANGUAGES]


def _lines(text: BilingualText) -> str:
    return "\n".join(text[language] for language in LANGUAGES)


def _printed_in_pairs(sheet: Worksheet, columns: int) -> None:
    """Set up printing on A3: two parts in both languages on a page, with codes and headings repeated."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.set_print_scale(75)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)
    sheet.set_v_pagebreaks(list(range(5, columns, 4)))
