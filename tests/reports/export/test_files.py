"""The data files: stable columns, no formulas, all typed text, the same bytes for the same report."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.schema import LANGUAGES, BilingualText

from reports import kinds
from reports.data.code_labels import LabelMissing
from reports.data.data_row import CellState, DataRow
from reports.data.dictionary import HEADERS, PARTS, dictionary, entries
from reports.export.columns import COLUMNS
from reports.export.csv_format import escape_formula, to_csv
from reports.export.file_names import file_name
from reports.export.json_format import to_json
from reports.export.xlsx_format import to_xlsx

from app.domain.reports.snapshot import OwnText
from tests.support.digests import digests
from tests.support.report_cycles import AWKWARD
from tests.support.report_reviews import national_report, review_report, reviews_of_a_cycle

ROOT = Path(__file__).parents[3]
FACES = (to_csv, to_xlsx, to_json)


def review_saying(text: str):
    [first, *others] = review_report().findings
    return review_report(findings=(replace(first, own=OwnText(text, "", "cy")), *others))


def evidence(rows) -> str:
    return next(row["value"] for row in rows if row["measure"] == "evidence")


def from_csv(report) -> str:
    return evidence(csv.DictReader(StringIO(to_csv(report, "cy").decode("utf-8-sig"), newline="")))


def from_workbook(report):
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(report, "cy")))["Data"]
    measure, value = COLUMNS.index("measure"), COLUMNS.index("value")
    return next(row[value] for row in sheet.iter_rows() if row[measure].value == "evidence")


def test_the_columns_and_their_order_are_those_that_analysts_were_promised():
    promised = (
        "report version snapshot cycle table table_label place place_label item item_label category category_label"
        " measure measure_label value value_label of state state_label language"
    )
    assert list(COLUMNS) == promised.split()
    for language in LANGUAGES:
        assert to_csv(review_report(), language).decode("utf-8-sig").split("\r\n")[0] == ",".join(COLUMNS)
    documented = (ROOT / "docs/data.md").read_text("utf-8")
    assert [line.split("`")[1] for line in documented.splitlines() if line.startswith("| `")] == list(COLUMNS)


def test_every_column_and_every_state_is_in_the_dictionary_in_both_languages():
    assert {code for part, code in entries() if part == "column"} == set(COLUMNS)
    assert {code for part, code in entries() if part == "state"} == set(CellState)
    english, welsh = (dictionary(language) for language in LANGUAGES)
    assert [each[:2] for each in english] == [each[:2] for each in welsh]
    assert all(one[3] != other[3] for one, other in zip(english, welsh, strict=True)), "each meaning is translated"
    assert {part for part, *_said in english} == set(PARTS)
    for part, code, label, meaning, unit, source in (*english, *welsh):
        assert label, (part, code)
        assert meaning, (part, code)
        assert (unit and source) or part != "measure", code
        assert source or part not in ("column", "table"), code


def test_a_code_without_a_name_is_refused(monkeypatch):
    for row in (
        DataRow("tables", "heard", 1),
        DataRow("review", "herd", 1),
        DataRow("review", "heard", 1, item="PCMW-99"),
    ):
        monkeypatch.setattr(kinds, "rows", lambda _report, row=row: iter([row]))
        with pytest.raises(LabelMissing):
            to_csv(review_report(), "cy")


def test_a_movement_is_named_by_both_its_levels(monkeypatch):
    moved = DataRow("levels", "clusters", 1, item="PCMW-01", category="foundation>unable")
    monkeypatch.setattr(kinds, "rows", lambda _report: iter([moved]))
    assert json.loads(to_json(review_report(), "cy"))["data"][0]["category_label"] == "Sylfaen → Methu dweud"


def test_a_file_of_excel_knows_the_letters_of_welsh():
    made = to_csv(review_saying("ŵŷ"), "cy")
    assert made.startswith(b"\xef\xbb\xbf")
    assert "ŵŷ" in made.decode()
    assert made.replace(b"\r\n", b"").count(b"\r") == 0


@pytest.mark.parametrize(
    "text",
    [
        *("=1", "+1", "-1", "@x", "\uff1d1", "\t1", "\r1", "\n1", "'", "'=1"),
        *(f"{unseen}=1" for unseen in " \u00a0\u200b\ufeff\u2066\u00ad\u034f\u3164\u2800"),
    ],
)
def test_what_a_spreadsheet_program_could_take_for_a_formula_begins_with_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"


@given(st.text() | st.sampled_from(AWKWARD))
def test_taking_the_apostrophe_away_gives_back_every_text(text):
    safe = escape_formula(text)
    assert (safe.removeprefix("'")) == text
    assert escape_formula(f"a{text}") == f"a{text}"


def test_a_number_below_zero_is_a_number_in_every_file(monkeypatch):
    monkeypatch.setattr(kinds, "rows", lambda _report: iter([DataRow("peer_kappa", "kappa", -0.25, item="all")]))
    report = review_report()
    assert ",-0.25," in to_csv(report, "en").decode()
    assert json.loads(to_json(report, "en"))["data"][0]["value"] == -0.25


@pytest.mark.parametrize("text", [text for text in AWKWARD if text != "\ufffe"])
def test_typed_words_survive_in_every_file(text):
    report = review_saying(text)
    assert from_csv(report) == escape_formula(text)
    assert from_workbook(report).value == text
    assert evidence(json.loads(to_json(report, "cy"))["data"]) == text


def test_the_workbook_keeps_a_text_a_text_when_somebody_edits_it():
    assert from_workbook(review_saying("=1+1")).quotePrefix
    assert not from_workbook(review_saying("1+1")).quotePrefix


@pytest.mark.parametrize("face", FACES)
def test_half_a_surrogate_pair_is_refused(face):
    with pytest.raises(UnicodeEncodeError):
        face(review_saying("a\ud800"), "en")


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut():
    with pytest.raises(ValueError, match="too long"):
        to_xlsx(review_saying("a" * 40_000), "en")


def test_the_workbook_has_data_dictionary_and_imprint():
    report = national_report(reviews_of_a_cycle())
    for language, invented in (("en", "Invented data"), ("cy", "Data dychmygol")):
        book = openpyxl.load_workbook(BytesIO(to_xlsx(report, language)))
        assert book.sheetnames == ["Data", "Dictionary", "About"]
        assert book.properties.created.isoformat() == "2026-01-01T00:00:00"
        heads, *said = book["Dictionary"].iter_rows(values_only=True)
        assert heads == HEADERS
        assert [tuple(cell or "" for cell in row) for row in said] == list(dictionary(language))
        about = {code: (label, value) for code, label, value in book["About"].iter_rows(values_only=True)}
        assert about["snapshot"][1] == report.imprint.snapshot_hash
        assert about["synthetic"][0] == invented
        assert about["cycle"][1] == 2026


def test_the_json_says_where_it_comes_from_and_what_its_codes_mean():
    published = {
        "version": 2,
        "published_on": date(2026, 7, 1),
        "correction": BilingualText("A typing error.", "Gwall teipio."),
    }
    report = review_report(imprint=replace(review_report().imprint, **published))
    made = json.loads(to_json(report, "cy"))
    assert made["imprint"]["correction"] == "Gwall teipio."
    assert (made["imprint"]["version"], made["imprint"]["published_on"]) == (2, "2026-07-01")
    assert [each["status"] for each in made["imprint"]["editions"]] == ["working draft"] * 2
    assert len(made["dictionary"]) == len(entries())
    assert {row["version"] for row in made["data"]} == {2}


def test_files_are_named_by_kind_place_year_and_language():
    assert file_name(national_report(()), "en", "xlsx") == "national-2026-en.xlsx"
    assert file_name(review_report(), "cy", "json") == "peer-central-and-south-denbighshire-2026-cy.json"


def test_figures_that_are_withheld_are_told_to_be_withheld():
    rows = json.loads(to_json(national_report(reviews_of_a_cycle(returned=2)), "en"))["data"]
    hidden = [row for row in rows if row["state"] == "hidden"]
    assert {row["table"] for row in hidden} == {
        "bounds",
        "levels",
        "medians",
        "options",
        "peer_agreement",
        "peer_kappa",
    }
    assert {(row["value"], row["of"], row["value_label"]) for row in hidden} == {(None, None, "")}
    assert {row["table"] for row in rows if row["state"] == "shown"} == {"response", "peer_reviews", "good_practice"}


def test_the_same_report_gives_the_same_bytes_in_fresh_processes():
    asked = [sys.executable, "-m", "tests.support.digests"]
    started = [
        subprocess.Popen(
            asked, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}, stdout=subprocess.PIPE
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert [each.communicate()[0].decode().split() for each in started] == [digests()] * 2
