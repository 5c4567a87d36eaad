"""Write the wording of a survey as a workbook, English and Welsh side by side, in cells to be edited."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.schema import LANGUAGES, BilingualText, Outcome, Status, Survey

from app.i18n import gettext as _
from app.i18n import in_both
from app.services.spreadsheet.styles import STYLES, height, of_answer, printed
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
SURVEY_WIDTHS = (18, 44, 56, 56)
CODE_WIDTH = 16
WIDTHS = {"title": 26, "drawn_from": 48}
WIDE = 46
"""Of columns, in characters."""


def write_wording_workbook(survey: Survey) -> bytes:
    """The workbook of a survey of outcomes; the same wording gives the same bytes."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": f"{survey.slug} {survey.edition}", "created": NO_CLOCK})
        _WordingWriter(book, survey).write()
    return file.getvalue()


HEADINGS = (NAMES["code"], lambda: _("What it is"), lambda: _("English"), lambda: _("Welsh"))


class _WordingWriter:
    """One workbook while it is written."""

    def __init__(self, book: Workbook, survey: Survey) -> None:
        self.book, self.survey = book, survey
        self.styles: dict[str, Format] = {style: book.add_format(look) for style, look in STYLES.items()}

    def write(self) -> None:
        """Both sheets."""
        self._whole(self.book.add_worksheet(SURVEY_SHEET))
        self._outcomes(self.book.add_worksheet(OUTCOME_SHEET))

    def _whole(self, sheet: Worksheet) -> None:
        self._head(sheet, ("code", "", *LANGUAGES), [in_both(say) for say in HEADINGS], SURVEY_WIDTHS)
        for row, part in enumerate((*PLAIN, *SURVEY_PARTS), 2):
            self._part(sheet, row, part)
        sheet.freeze_panes(2, 0)
        printed(sheet, landscape=True)

    def _part(self, sheet: Worksheet, row: int, part: str) -> None:
        called = _lines(name(part, self.survey))
        sheet.write_string(row, 0, part, self.styles["code"])
        sheet.write_string(row, 1, called, self.styles["words"])
        values = [str(getattr(self.survey, part))] if part in PLAIN else _said(self.survey, part)
        for column, value in enumerate(values, 2):
            sheet.write_string(row, column, value, self.styles["code" if part == "slug" else of_answer(value)])
        if part == "status":
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": [str(each) for each in Status]})
        cells = zip((called, *values), SURVEY_WIDTHS[1:], strict=False)
        sheet.set_row(row, height("words", *cells))

    def _outcomes(self, sheet: Worksheet) -> None:
        widths = (CODE_WIDTH, *(WIDTHS.get(part, WIDE) for part in OUTCOME_PARTS for _language in LANGUAGES))
        headings = [heading(code, self.survey) for code in OUTCOME_COLUMNS]
        self._head(sheet, OUTCOME_COLUMNS, headings, widths)
        for row, outcome in enumerate(self.survey.outcomes, 2):
            sheet.write_string(row, 0, outcome.code, self.styles["code"])
            said = [text for part in OUTCOME_PARTS for text in _said(outcome, part)]
            for column, text in enumerate(said, 1):
                sheet.write_string(row, column, text, self.styles[of_answer(text)])
            sheet.set_row(row, height("words", *zip(said, widths[1:], strict=True)))
        sheet.freeze_panes(2, 1)
        _printed_in_pairs(sheet, len(widths))

    def _head(
        self, sheet: Worksheet, codes: Sequence[str], headings: Sequence[BilingualText], widths: Sequence[int]
    ) -> None:
        """The headings in both languages, and below them the codes by which columns are found."""
        said = [_lines(heading) for heading in headings]
        for column, (code, names, width) in enumerate(zip(codes, said, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, names, self.styles["head"])
            sheet.write_string(1, column, code, self.styles["code"])
        sheet.set_row(0, height("words", *zip(said, widths, strict=True)))


def _said(thing: Survey | Outcome, part: str) -> list[str]:
    """Return the cells of a part, one in each language; several texts are on separate lines."""
    return ["\n".join(text[language] for text in texts(thing, part)) for language in LANGUAGES]


def _lines(text: BilingualText) -> str:
    return "\n".join(text[language] for language in LANGUAGES)


def _printed_in_pairs(sheet: Worksheet, columns: int) -> None:
    """Set up printing on A3: two texts in both languages on a page, with codes and headings repeated."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.set_print_scale(75)
    sheet.repeat_rows(0, 1)
    sheet.repeat_columns(0)
    sheet.set_v_pagebreaks(list(range(5, columns, 4)))
