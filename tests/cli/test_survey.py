"""The wording of a survey is exported as a workbook and imported as its next edition, completely or not at all."""

import json
import os
from datetime import date

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from surveys.loader import DEFINITIONS, load_survey

from app.services.survey.commands import import_wording
from app.services.survey.workbook.writer import write_wording_workbook
from tests.support.wording_workbooks import (
    ACD,
    OFFICIAL,
    RAISED,
    all_of,
    definitions,
    outcome_cell,
    says,
    whole,
    whole_cell,
)
from tests.support.workbooks import edited


@pytest.fixture
def survey(product, monkeypatch, tmp_path):
    """Return a function that runs a `survey` command on a copy of the definitions: exit code and output."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("app.cli.survey.DEFINITIONS", definitions(tmp_path / "definitions"))

    def run(*words: object) -> tuple[int, str]:
        result = product.test_cli_runner().invoke(args=["survey", *map(str, words)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


NO_BARRIERS = {
    "en": "no question has the role “barriers”, and one is needed "
    "(add “role: barriers” to the question of kind “choices” that it fits)",
    "cy": "nid oes gan yr un cwestiwn y rôl “barriers”, ac mae angen un "
    "(ychwanegwch “role: barriers” at y cwestiwn o'r math “choices” y mae'n addas iddo)",
}


@pytest.mark.parametrize("language", NO_BARRIERS)
def test_a_survey_that_lost_a_needed_role_is_refused(survey, monkeypatch, tmp_path, language):
    monkeypatch.setenv("LANG", f"{language}_GB.UTF-8")
    file = tmp_path / "definitions" / "system_factors.yaml"
    file.write_text(file.read_text("utf-8").replace("    role: barriers\n", ""), "utf-8")
    code, said = survey("check")
    assert code == 1
    assert said.endswith(f"*.yaml: questions: {NO_BARRIERS[language]}\n")


@pytest.fixture(scope="session")
def exported(product):
    """Return the exported workbook of the ACD outcomes."""
    with product.app_context():
        return write_wording_workbook(ACD)


@pytest.fixture
def sent(exported, tmp_path):
    """Return a function that applies changes to that workbook in openpyxl and returns it as a file."""

    def put(*changes):
        file = tmp_path / "edited.xlsx"
        file.write_bytes(edited(exported, all_of(*changes)))
        return file

    return put


def files(tmp_path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (tmp_path / "definitions").iterdir()}


@pytest.mark.parametrize("slug", ["pcmw", "acd"])
def test_a_workbook_that_nobody_edited_changes_nothing(survey, tmp_path, slug):
    before = files(tmp_path)
    assert survey("export", slug, "--output", tmp_path / "out.xlsx")[0] == 0
    code, said = survey("import", tmp_path / "out.xlsx", "--output", tmp_path / "out.yaml", "--json")
    present = load_survey(DEFINITIONS / f"{slug}.yaml")
    assert code == 0
    assert json.loads(said)["changed"] is False
    assert json.loads(said)["content_hash"] == present.content_hash
    assert not (tmp_path / "out.yaml").exists()
    assert files(tmp_path) == before
    assert survey("import", tmp_path / "out.xlsx")[1].startswith("Nothing changed, and nothing was written")


def test_the_same_wording_is_the_same_workbook(survey, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        survey("export", "acd", "--output", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_headings_are_in_both_languages_and_stay_in_sight(survey, tmp_path):
    survey("export", "acd", "--output", tmp_path / "out.xlsx")
    whole_sheet, outcomes = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
    assert (outcomes["B1"].value, outcomes["B2"].value) == ("Title (in English)\nTeitl (yn Saesneg)", "title.en")
    assert (outcomes["F1"].value, outcomes["F2"].value) == (
        "Foundation (in English)\nSylfaen (yn Saesneg)",
        "descriptors.foundation.en",
    )
    assert (whole_sheet.freeze_panes, outcomes.freeze_panes) == ("A3", "B3")


EDITS = (
    RAISED,
    *OFFICIAL,
    says("ACD-1", "statement.en", "  Every profession\nhas a network. "),
    says("ACD-2", "prompts.cy", "Un?\n\n- Dau: #dau?\n"),
    says("ACD-2", "prompts.en", "One?\nTwo?"),
    lambda book: book.worksheets[1].delete_rows(9),
)


def test_what_was_edited_is_told_and_becomes_the_next_edition(survey, sent, tmp_path):
    definition = tmp_path / "definitions/acd.yaml"
    definition.write_text("# Kept by SPPC.\n" + definition.read_text())
    code, said = survey("import", sent(*EDITS))
    assert code == 0
    assert said.splitlines()[:7] == [
        "acd: from edition 2026.1 to 2026.2.",
        "Same: 5 (ACD-2, ACD-3, ACD-4, ACD-5, ACD-6)",
        "Same, with other prompts, examples or sources: 1 (ACD-2)",
        "Reworded: 1 (ACD-1)",
        "New: 0",
        "Gone: 1 (ACD-7)",
        "Changed for the whole survey: status, source",
    ]
    assert f"survey check {definition}" in said
    assert "surveys/changes/" in said
    found = load_survey(definition)
    assert (found.edition, found.is_draft, found.source.en) == ("2026.2", False, "Approved.")
    assert found.outcomes[0].statement.en == "Every profession has a network."
    assert [prompt.cy for prompt in found.outcomes[1].prompts] == ["Un?", "- Dau: #dau?"]
    assert found.outcomes_per_review == 1  # not wording, so not in the workbook
    assert definition.read_text().startswith("# Kept by SPPC.\nslug: acd\n")
    assert {path.name for path in definition.parent.iterdir()} == {path.name for path in DEFINITIONS.iterdir()}


def test_everybody_can_read_the_new_definition_whatever_else_is_for_its_owner_only(survey, sent, tmp_path):
    before = os.umask(0o077)
    try:
        assert survey("import", sent(*EDITS))[0] == 0
    finally:
        os.umask(before)
    assert (tmp_path / "definitions/acd.yaml").stat().st_mode & 0o777 == 0o644


def test_a_second_round_trip_gives_the_same_bytes(survey, sent, tmp_path):
    survey("import", sent(*EDITS))
    first = files(tmp_path)
    survey("export", "acd", "--output", tmp_path / "out.xlsx")
    assert "Nothing changed" in survey("import", tmp_path / "out.xlsx")[1]
    raised = edited((tmp_path / "out.xlsx").read_bytes(), whole("edition", "2026.3"))
    (tmp_path / "out.xlsx").write_bytes(raised)
    assert survey("import", tmp_path / "out.xlsx")[0] == 0
    assert files(tmp_path) == first | {"acd.yaml": first["acd.yaml"].replace(b'"2026.2"', b'"2026.3"')}


def test_a_dry_run_and_another_output_leave_the_definition_alone(survey, sent, tmp_path):
    before = files(tmp_path)
    file = sent(RAISED, *OFFICIAL)
    code, said = survey("import", file, "--dry-run")
    assert (code, said.splitlines()[-1]) == (0, "Nothing was written.")
    code, said = survey("import", file, "--output", tmp_path / "new.yaml", "--json")
    assert (code, json.loads(said)["file"]) == (0, str(tmp_path / "new.yaml"))
    assert load_survey(tmp_path / "new.yaml").status == "official"
    assert files(tmp_path) == before


def move_columns(book) -> None:
    """Insert a column of notes first, move the titles last, rename the sheets, insert an empty row."""
    sheet = book.worksheets[1]
    sheet.move_range(f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}", cols=1)
    sheet["A3"] = "Our notes"
    sheet.move_range("C1:D20", cols=30)
    sheet.insert_rows(5)
    sheet.title, book.worksheets[0].title = "Anything", "Something"
    book.move_sheet(sheet, -1)
    book.create_sheet("Notes")["A1"] = "ACD-1"


def test_columns_and_sheets_are_found_where_they_were_moved(survey, sent):
    assert survey("import", sent(move_columns))[1].startswith("Nothing changed")


def without_column(book) -> None:
    book.worksheets[1].delete_cols(3)


def headings_again(book) -> None:
    sheet = book.worksheets[1]
    sheet.insert_rows(4)
    for cell in sheet[2]:
        sheet.cell(4, cell.column).value = cell.value


def second_copy(book) -> None:
    book.copy_worksheet(book.worksheets[1])


def blank_code(book) -> None:
    outcome_cell(book, "ACD-3", "code").value = None


BAD = {
    "a missing sheet": ([lambda book: book.remove(book.worksheets[1])], "missing_sheet", ""),
    "a copy of a sheet": ([second_copy], "two_sheets", ""),
    "a missing column": ([without_column], "missing_heading", "A2"),
    "a second row of headings": ([headings_again], "two_headings", "A4"),
    "a column twice": ([lambda book: setattr(book.worksheets[1]["R2"], "value", "title.en")], "two_columns", "A2"),
    "no outcomes": ([lambda book: book.worksheets[1].delete_rows(3, 9)], "no_outcomes", ""),
    "a missing row": ([lambda book: book.worksheets[0].delete_rows(5)], "missing", ""),
    "a row of its own": ([lambda book: setattr(book.worksheets[0]["A20"], "value", "colour")], "unknown_row", "A20"),
    "a missing language": ([says("ACD-2", "statement.cy", None)], "missing_language", "E4"),
    "an empty descriptor": ([says("ACD-2", "descriptors.mature.en", " ")], "missing_language", "J4"),
    "no prompts": ([says("ACD-2", "prompts.en", None), says("ACD-2", "prompts.cy", None)], "missing", "L4"),
    "fewer lines": ([says("ACD-2", "prompts.cy", "Un?")], "fewer_lines", "M4"),
    "a strange code": ([says("ACD-3", "code", "ACD-3b")], "strange_code", "A5"),
    "a code of another survey": ([says("ACD-3", "code", "PCMW-01")], "strange_code", "A5"),
    "a code twice": ([says("ACD-3", "code", "ACD-2")], "code_twice", "A5"),
    "no code": ([blank_code], "no_code", "A5"),
    "a formula": ([says("ACD-1", "title.en", "=1+1")], "formula", "B3"),
    "an error": ([says("ACD-1", "title.en", "#REF!", data_type="e")], "error_value", "B3"),
    "a number": ([says("ACD-1", "title.en", 12)], "number", "B3"),
    "an edition as a number": ([whole("edition", 2027.1)], "number", "C4"),
    "a date": ([says("ACD-1", "title.en", date(2026, 5, 1), number_format="dd/mm/yyyy")], "formatted", "B3"),
    "yes": ([says("ACD-1", "title.en", value=True)], "formatted", "B3"),
    "a control character": ([says("ACD-1", "title.en", "a_x0007_b")], "unseen", "B3"),
    "a mark of direction": ([says("ACD-1", "title.cy", "a\u202eb")], "unseen", "C3"),
    "a wrong status": ([whole("status", "final")], "not_one_of", "C5"),
    "a status in Welsh too": ([whole("status", "swyddogol", "cy")], "one_value", "D5"),
    "official, and of the draft": ([*OFFICIAL, whole("source", ACD.source.cy, "cy")], "source_of_draft", "D8"),
    "no edition": ([whole("edition", None)], "missing", "C4"),
    "another survey": ([whole("slug", "closing")], "unknown_survey", "C3"),
}


@pytest.mark.parametrize(("changes", "reason", "cell"), BAD.values(), ids=BAD)
def test_bad_wording_is_told_with_its_cell_in_both_languages_and_nothing_is_written(
    survey, sent, tmp_path, monkeypatch, changes, reason, cell
):
    before, file = files(tmp_path), sent(RAISED, *changes)
    code, said = survey("import", file, "--json")
    assert code == 1
    assert [(each["reason"], each["cell"]) for each in json.loads(said)["faults"]] == [(reason, cell)]
    english = survey("import", file)
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    welsh = survey("import", file)
    assert english[1].startswith("Sheet “")
    assert welsh[1].startswith("Taflen “")
    assert english[1].partition(":")[2] != welsh[1].partition(":")[2]
    assert files(tmp_path) == before


def test_all_faults_are_told_at_once_with_the_text_they_are_about(survey, sent):
    changes = [change for changes, reason, _cell in BAD.values() if reason == "missing_language" for change in changes]
    code, said = survey("import", sent(*changes, says("ACD-7", "title.en", "=A1"), whole("status", "final")))
    assert code == 1
    no_words = "there is no wording in {0} (write both en and cy; neither may be empty)"
    assert {line.partition(": ")[::2] for line in said.splitlines()} == {
        (
            "Sheet “Outcomes – Canlyniadau”, cell B9 (ACD-7, title.en)",
            "it contains a formula. Type its result as text.",
        ),
        ("Sheet “Outcomes – Canlyniadau”, cell E4 (ACD-2, statement.cy)", no_words.format("cy")),
        ("Sheet “Outcomes – Canlyniadau”, cell J4 (ACD-2, descriptors.mature.en)", no_words.format("en")),
        (
            "Sheet “Survey – Arolwg”, cell C4 (edition)",
            "it is not above the present edition, although the wording has changed. Type a higher one than “2026.1”.",
        ),
        (
            "Sheet “Survey – Arolwg”, cell C5 (status)",
            "“final” is not possible here (use one of: working draft, official)",
        ),
    }


def test_a_column_that_was_copied_is_told_with_both_its_cells(survey, sent):
    change, *_rest = BAD["a column twice"]
    assert "it has headings twice: title.en (B2, R2). Delete one" in survey("import", sent(*change))[1]


@pytest.mark.parametrize("edition", ["2026.1", "2026", "2025.9", "next"])
def test_other_words_need_a_higher_edition(survey, sent, tmp_path, edition):
    before = files(tmp_path)
    code, said = survey("import", sent(says("ACD-1", "title.en", "Networks"), whole("edition", edition)))
    assert (code, "cell C4 (edition): it is not above the present edition" in said) == (1, True)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"slug: acd\n", "This is not an Excel workbook. Save it as .xlsx and try again."),
        (b"PK" + b"0" * 50_000_000, "This file is far larger than a survey needs."),
        (b"PK half a workbook", "This workbook is damaged."),
        (b"", "This is not an Excel workbook."),
    ],
    ids=["no workbook", "50 MB", "half", "empty"],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(survey, tmp_path, content, says):
    file = tmp_path / "file.xlsx"
    file.write_bytes(content)
    code, said = survey("import", file)
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(f"Error: {says}")


def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(survey, sent, tmp_path):
    code, said = survey("import", sent(RAISED), "--output", tmp_path / "no" / "acd.yaml")
    assert (code, said.startswith("Error: The file could not be read or written:")) == (1, True)
    (tmp_path / "folder.yaml").mkdir()
    assert survey("import", sent(RAISED), "--output", tmp_path / "folder.yaml")[0] == 2
    assert not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("closing", "The survey “closing” asks questions, and a workbook holds outcomes only."),
        ("atlantis", "There is no survey “atlantis”. Choose from: pcmw, acd"),
    ],
)
def test_a_survey_that_no_workbook_holds_is_not_exported(survey, tmp_path, slug, says):
    code, said = survey("export", slug, "--output", tmp_path / "out.xlsx")
    assert (code, said.startswith(f"Error: {says}")) == (1, True)
    assert not (tmp_path / "out.xlsx").exists()


def test_wording_with_another_number_of_outcomes_is_taken(exported, tmp_path):
    def one_more(book) -> None:
        sheet = book.worksheets[1]
        sheet.append(["ACD-8", *(cell.value for cell in sheet[9][1:])])
        whole_cell(book, "levels.mature", "cy").value = "Wedi aeddfedu"

    folder = definitions(tmp_path / "definitions")
    found = import_wording(edited(exported, all_of(RAISED, one_more)), folder)
    assert [*found.items][-1] == "ACD-8"
    assert found.head == ("levels",)
    assert load_survey(folder / "acd.yaml").outcomes[:7] == ACD.outcomes
