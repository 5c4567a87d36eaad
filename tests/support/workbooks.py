"""A reflection with answers, and changes to its workbook by openpyxl, for tests of workbooks."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import openpyxl

from surveys.loader import current_questionnaire
from surveys.schema import BilingualText

from app.domain.cycle.lifecycle import CycleState
from app.domain.reflection.answer_fields import join_answer
from app.services.reflection.queries import Overview

QUESTIONNAIRE = current_questionnaire()
WHERE = SimpleNamespace(
    cycle_year=2026,
    cycle=SimpleNamespace(synthetic=True, opens=date(2026, 4, 1)),
    cluster=SimpleNamespace(code="north-powys", name=BilingualText("North Powys", "Gogledd Powys")),
)
EVERY_KIND = {
    "PCMW-01": {"level": "unable", "why": "=1+1", "evidence": "Tŷ 🙂", "next_step": "a\nb"},
    "ABOUT-1": {"chosen": ["optometry", "other"], "details": {"other": "Gŵyl"}},
    "ABOUT-2": {"number": 12},
    "ABOUT-3": {"chosen": ["other"], "details": {"other": "Otherwise"}},
    "FACTORS-1": {"chosen": ["funding", "engagement"], "details": {"funding": "Little", "bureaucracy": "Not chosen"}},
    "FACTORS-2": {"ranked": ["engagement", "funding"]},
    "CLOSING-2": {"text": "\u200fשלום"},
}


def shown(answers=None, questionnaire=QUESTIONNAIRE) -> Overview:
    newest = {code: SimpleNamespace(version=3, content=content) for code, content in (answers or {}).items()}
    return Overview(WHERE, questionnaire, newest, CycleState.OPEN)


def contents(reading, questionnaire=QUESTIONNAIRE) -> dict:
    return {
        each.item: join_answer(questionnaire.items[each.item], each.fields) for each in reading.entries if each.fields
    }


def rows_of(book) -> dict:
    """Return (item, field) -> sheet and row number, in a workbook opened by openpyxl."""
    return {
        (row[0].value, row[1].value): (sheet, row[0].row)
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=3)
        if len(row) > 3 and row[0].value and row[1].value
    }


def edited(file: bytes, change) -> bytes:
    """Return the file after a change by openpyxl."""
    book = openpyxl.load_workbook(BytesIO(file))
    change(book)
    changed = BytesIO()
    book.save(changed)
    return changed.getvalue()


def writing(item: str, field: str, value, column: int = 4, **looks):
    """Return a change that writes a value into the row of one field."""

    def change(book) -> None:
        sheet, row = rows_of(book)[item, field]
        cell = sheet.cell(row, column)
        cell.number_format = looks.get("number_format", "General")
        cell.value = value
        cell.data_type = looks.get("data_type", cell.data_type)

    return change


def tick(*fields):
    def change(book) -> None:
        for item, field, value in fields:
            writing(item, field, value)(book)

    return change
