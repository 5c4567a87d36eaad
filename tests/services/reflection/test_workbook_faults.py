"""Faults of a workbook are reported with their cells; a file of another kind is refused with a reason."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from app.domain.errors import UnreadableWorkbook
from app.domain.reflection.rules import LONGEST_TEXT
from app.messages.reflection import sentence
from app.services.reflection.workbook.reader import MOST_FAULTS, read_reflection_workbook
from app.services.reflection.workbook.writer import write_reflection_workbook
from app.services.spreadsheet.safe_unzip import MOST_BYTES
from tests.support.workbooks import EVERY_KIND, QUESTIONNAIRE, contents, edited, rows_of, shown, tick, writing

ODD_CELLS = [
    ("CLOSING-2", "text", "=1+1", {}, "formula"),
    ("CLOSING-2", "text", "#REF!", {"data_type": "e"}, "error_value"),
    ("CLOSING-2", "text", date(2026, 5, 1), {"number_format": "dd/mm/yyyy"}, "formatted"),
    ("CLOSING-2", "text", 0.5, {"number_format": "0%"}, "formatted"),
    ("CLOSING-2", "text", True, {}, "formatted"),
    ("CLOSING-2", "text", "x" * (LONGEST_TEXT + 1), {}, "too_long"),
    ("PCMW-01", "level", "Ardderchog", {}, "unknown_choice"),
    ("ABOUT-2", "number", 12.5, {}, "not_whole_number"),
    ("ABOUT-2", "number", 501, {}, "not_whole_number"),
    ("ABOUT-2", "number", "dozen", {}, "not_whole_number"),
]


@pytest.mark.parametrize(("item", "field", "value", "looks", "reason"), ODD_CELLS)
def test_what_is_no_answer_is_told_with_its_cell_and_the_rest_is_read(
    speaking_english, item, field, value, looks, reason
):
    file = edited(write_reflection_workbook(shown()), writing(item, field, value, **looks))
    reading = read_reflection_workbook(file, shown())
    [fault] = reading.faults
    sheet, row = rows_of(openpyxl.load_workbook(BytesIO(file)))[item, field]
    assert (fault.reason, fault.sheet, fault.cell) == (reason, sheet.title, f"D{row}")
    assert {each.item for each in reading.entries} == set(QUESTIONNAIRE.items) - {item}


def test_all_faults_of_a_file_are_told_at_once(speaking_english):
    file = write_reflection_workbook(shown())
    for item, field, value, looks, _reason in ODD_CELLS[5:8]:
        file = edited(file, writing(item, field, value, **looks))
    assert [fault.reason for fault in read_reflection_workbook(file, shown()).faults] == [
        "not_whole_number",
        "unknown_choice",
        "too_long",
    ]


@pytest.mark.parametrize(
    ("change", "reason", "item"),
    [
        (tick(("FACTORS-1", "chosen:none", "Yes"), ("FACTORS-1", "chosen:funding", "Yes")), "not_alone", "FACTORS-1"),
        (tick(("FACTORS-2", "ranked:1", "Funding")), "not_chosen", "FACTORS-2"),
        (
            tick(
                ("FACTORS-1", "chosen:funding", "Yes"),
                ("FACTORS-2", "ranked:1", "Funding"),
                ("FACTORS-2", "ranked:3", "Cyllid"),
            ),
            "ranked_twice",
            "FACTORS-2",
        ),
        (writing("CLOSING-2", "text", None, column=5), "no_version", "CLOSING-2"),
        (writing("CLOSING-2", "text", "newest", column=5), "no_version", "CLOSING-2"),
        (writing("CLOSING-2", "text", "PCMW-99", column=1), "unknown_item", "CLOSING-2"),
        (writing("CLOSING-2", "text", "wishes", column=2), "unknown_field", "CLOSING-2"),
        (writing("PCMW-01", "why", "level", column=2), "twice_in_file", "PCMW-01"),
    ],
)
def test_what_contradicts_itself_is_refused_like_in_a_form(speaking_english, change, reason, item):
    reading = read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown())
    assert reason in [fault.reason for fault in reading.faults]
    assert {each.item for each in reading.entries} == set(QUESTIONNAIRE.items) - {item}


def move_columns(book) -> None:
    """Move the answer first and the code last, with an empty column between."""
    for sheet in book.worksheets:
        if sheet["A2"].value == "item":
            for row in sheet.iter_rows():
                values = [cell.value for cell in row]
                for cell, value in zip(row, [*values[3:], values[2], values[1], None], strict=True):
                    cell.value = value
                sheet.cell(row[0].row, 6).value = values[0]


def test_columns_are_found_where_they_were_moved(speaking_english):
    answers = {code: content for code, content in EVERY_KIND.items() if code != "PCMW-01"}
    reading = read_reflection_workbook(edited(write_reflection_workbook(shown(answers)), move_columns), shown(answers))
    assert (contents(reading), reading.faults) == (answers, ())


def test_a_missing_heading_is_named(speaking_english):
    def change(book) -> None:
        book.worksheets[2]["D2"].value = None

    [fault] = read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown()).faults
    assert (fault.reason, fault.said, fault.cell) == ("missing_heading", "answer", "A2")


def copy_of(column: int, to: int, heading: str = ""):
    """Return a change that copies a column, as people do to keep the previous answers."""

    def change(book) -> None:
        sheet = book.worksheets[2]
        if to <= column:
            sheet.insert_cols(to)
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, to).value = sheet.cell(row, column + (to <= column)).value
        if heading:
            sheet.cell(2, to).value = heading

    return change


@pytest.mark.parametrize(
    ("change", "twice"),
    [
        (copy_of(4, to=7), "answer (D2, G2)"),
        (copy_of(4, to=1), "answer (A2, E2)"),
        (copy_of(4, to=6, heading=" ANSWER\u00a0"), "answer (D2, F2)"),
        (copy_of(5, to=9), "over (E2, I2)"),
        (copy_of(1, to=3), "item (A2, C2)"),
    ],
)
def test_a_column_twice_is_told_with_both_its_cells_and_nothing_of_its_sheet_is_taken(speaking_english, change, twice):
    reading = read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown())
    [fault] = reading.faults
    assert (fault.reason, fault.said, fault.cell) == ("two_columns", twice, "A2")
    assert not any(each.item.startswith("PCMW") for each in reading.entries)
    assert "ACD-1" in {each.item for each in reading.entries}
    assert twice in sentence(fault)


def test_a_second_row_of_headings_is_told_with_its_cell_and_nothing_of_its_sheet_is_taken(speaking_english):
    def change(book) -> None:
        sheet = book.worksheets[2]
        below = sheet.max_row + 2
        for column, code in enumerate(("item", "field", "answer", "asked", "over"), 1):
            sheet.cell(below, column).value = code

    reading = read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown())
    [fault] = reading.faults
    assert fault.reason == "two_headings"
    assert int(fault.cell.removeprefix("A")) > 50
    assert not any(each.item.startswith("PCMW") for each in reading.entries)
    assert "second row of headings" in sentence(fault)


def test_a_missing_sheet_and_missing_rows_are_named_and_change_nothing(speaking_english):
    def change(book) -> None:
        del book[book.sheetnames[3]]
        sheet, row = rows_of(book)["PCMW-01", "why"]
        sheet.delete_rows(row)

    reading = read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown())
    assert {(fault.reason, fault.said) for fault in reading.faults} == {
        ("missing_sheet", ""),
        ("missing_rows", "PCMW-01 (why)"),
    }
    assert not {each.item for each in reading.entries} & {"PCMW-01", "ACD-1"}


def test_sheets_may_be_renamed_moved_and_added_and_rows_hidden_sorted_or_moved(speaking_english):
    def change(book) -> None:
        book.worksheets[2].title = "Anything"
        book.move_sheet(book.worksheets[1], 3)
        book.create_sheet("My notes")["A1"] = "PCMW-01"
        sheet, row = rows_of(book)["PCMW-01", "level"]
        sheet.row_dimensions[row].hidden = True
        sheet.insert_rows(row)

    reading = read_reflection_workbook(edited(write_reflection_workbook(shown(EVERY_KIND)), change), shown())
    assert (contents(reading), reading.faults) == (EVERY_KIND, ())


def test_a_merged_answer_is_told(speaking_english):
    def change(book) -> None:
        sheet, row = rows_of(book)["PCMW-01", "why"]
        sheet.merge_cells(f"D{row}:D{row + 1}")

    reasons = [
        (fault.reason, fault.cell[0])
        for fault in read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown()).faults
    ]
    assert reasons == [("merged", "D"), ("merged", "D")]


def repacked(file: bytes, parts: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    """Return the file with some of its parts replaced or added."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(file)) as old, zipfile.ZipFile(packed, "w", compression) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><sst>&j;</sst>"
)
SHEET = "xl/worksheets/sheet2.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def rows(count: int) -> bytes:
    return b"<worksheet><sheetData>" + b"<row><c/><c/><c/></row>" * count + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _file: b"", "not_a_workbook"),
        (lambda _file: b"item,field,answer\nPCMW-01,level,mature\n", "not_a_workbook"),
        (lambda file: repacked(file, {"xl/workbook.xml": b"no XML"}), "not_a_workbook"),
        (lambda _file: OLE, "old"),
        (lambda _file: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (lambda file: file[: len(file) // 2], "damaged"),
        (lambda file: file[:2000] + b"\0" * 500 + file[2500:], "damaged"),
        (lambda file: repacked(file, {"xl/worksheets/x.xml": b"<x/>"}, zipfile.ZIP_LZMA), "damaged"),
        (lambda file: repacked(file, {SHEET: b"<x><sheetData><row r='x'/></sheetData></x>"}), "damaged"),
        (lambda file: repacked(file, {"xl/sharedStrings.xml": BOMB}), "dangerous"),
        (lambda file: repacked(file, {"xl/sharedStrings.xml": BOMB.decode().encode("utf-16")}), "dangerous"),
        (lambda file: repacked(file, {"xl/media/a.png": b"\0" * MOST_BYTES}), "too_much_inside"),
        (lambda file: repacked(file, {f"xl/media/{number}": b"" for number in range(600)}), "too_much_inside"),
        (lambda file: repacked(file, {SHEET: rows(100_000)}), "too_much_inside"),
        (lambda file: edited(file, lambda book: book.remove(book.worksheets[0])), "not_ours"),
    ],
)
def test_a_file_that_is_not_our_workbook_is_refused_with_its_reason(speaking_english, make, reason):
    with pytest.raises(UnreadableWorkbook) as refused:
        read_reflection_workbook(make(write_reflection_workbook(shown())), shown())
    assert refused.value.reason == reason


def test_a_size_that_the_archive_lies_about_is_not_believed(speaking_english):
    file = bytearray(repacked(write_reflection_workbook(shown()), {"xl/media/a.png": b"\0" * MOST_BYTES}))
    directory = file.rindex(b"PK\x01\x02")
    file[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableWorkbook) as refused:
        read_reflection_workbook(bytes(file), shown())
    assert refused.value.reason in ("damaged", "too_much_inside")


@pytest.mark.parametrize(
    ("name", "value"), [("cycle", "2025"), ("cluster", "rhondda"), ("wording", "0" * 64), ("format", "0")]
)
def test_a_workbook_of_another_cluster_cycle_or_wording_is_refused(speaking_english, name, value):
    def change(book) -> None:
        for row in book.worksheets[0].iter_rows(max_col=2):
            if row[0].value == name:
                row[1].value = value

    with pytest.raises(UnreadableWorkbook) as refused:
        read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown())
    assert refused.value.reason == f"other_{name}"


def test_many_empty_rows_and_far_away_cells_do_no_harm(speaking_english):
    def change(book) -> None:
        sheet = book.worksheets[2]
        sheet[f"{get_column_letter(16384)}1048576"] = "far away"
        for row in range(2000, 12000):
            sheet.row_dimensions[row].height = 20

    assert (
        contents(read_reflection_workbook(edited(write_reflection_workbook(shown(EVERY_KIND)), change), shown()))
        == EVERY_KIND
    )


def test_what_is_quoted_from_a_file_is_short_and_harmless(speaking_english):
    def change(book) -> None:
        sheet, row = rows_of(book)["CLOSING-2", "text"]
        sheet.cell(row, 1).value = "_xD800_" + "x" * 10_000

    [fault] = [
        each
        for each in read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown()).faults
        if each.reason == "unknown_item"
    ]
    assert fault.said == "x" * len(fault.said)
    assert 0 < len(fault.said) < 100


def test_no_more_faults_are_told_than_a_page_can_hold(speaking_english):
    def change(book) -> None:
        sheet = book.worksheets[2]
        for row in range(500, 2000):
            sheet.cell(row, 1).value = "PCMW-99"

    assert (
        len(read_reflection_workbook(edited(write_reflection_workbook(shown()), change), shown()).faults) == MOST_FAULTS
    )


@pytest.mark.parametrize("number", [b"abc", b"1e999", b"nan", b"1_0e5_"])
def test_a_number_that_is_none_is_told(speaking_english, number):
    file = edited(write_reflection_workbook(shown()), writing("ABOUT-2", "number", 77))
    with zipfile.ZipFile(BytesIO(file)) as archived:
        changed = archived.read(SHEET).replace(b"<v>77</v>", b"<v>" + number + b"</v>")
    [fault] = read_reflection_workbook(repacked(file, {SHEET: changed}), shown()).faults
    assert fault.reason == "error_value"
