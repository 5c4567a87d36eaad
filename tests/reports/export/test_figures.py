"""Every figure in the data of a report equals a recount, and CSV, XLSX and JSON agree in both languages."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings

from surveys.schema import LANGUAGES, LEVELS, UNABLE, BilingualText

from reports import kinds
from reports.export.columns import COLUMNS, lines
from reports.export.csv_format import to_csv
from reports.page import manuscript, page

from app.domain.themes.theme_counts import FieldThemes, ReportedQuote, ThemeCount
from app.services.reports.builders.national import build_national_report
from tests.support import report_cycles_by_board as boards
from tests.support.fonts_in_pdf import assert_faces_agree, read_csv
from tests.support.recount import Recount
from tests.support.report_cycles import cycles, report_of
from tests.support.report_reviews import QUESTIONNAIRE, review_report

NEAR = 2e-3
"""The tolerance for intervals: one computation rounds Student's t, the other does not."""


def told(report) -> dict:
    rows = list(kinds.rows(report))
    found = {
        (row.table, f"{row.place}/{row.year}" if row.year else row.place, row.item, row.category, row.measure): (
            row.value,
            row.of,
            row.state.value,
        )
        for row in rows
    }
    assert len(found) == len(rows), "no figure is told twice"
    return found


@settings(max_examples=25)
@given(cycles)
def test_every_figure_of_the_national_summary_equals_a_recount(snapshot):
    found, expected = told(report_of(snapshot)), Recount(snapshot).found
    for key in [key for key in expected if key[4].startswith("kappa")]:
        (value, of, state), (other, other_of, other_state) = found.pop(key), expected.pop(key)
        assert (of, state) == (other_of, other_state), key
        assert value == pytest.approx(other, abs=NEAR)
    assert found == expected


@settings(max_examples=4)
@given(cycles)
def test_csv_workbook_and_json_say_the_same_in_both_languages(snapshot):
    report = report_of(snapshot)
    rows = list(kinds.rows(report))
    for language in LANGUAGES:
        said = list(lines(report, language))
        names = {"wales": {"en": "Wales", "cy": "Cymru"}[language]}
        names |= {board.code: board.name[language] for board in snapshot.boards}
        for line in (line for line in said if line[4] in ("response", "levels", "medians")):
            assert line[7] == " + ".join(names[code] for code in line[6].split("+"))
        assert [line[COLUMNS.index("value")] for line in said] == [row.value for row in rows]
        assert_faces_agree(report, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_of_the_demonstration_have_all_their_names_and_travel_with_the_report(report, language):
    attached = manuscript(report, language)
    assert attached.data == to_csv(report, language)
    assert attached.data_name == f"national-2024-{language}.csv"
    rows = read_csv(attached.data)
    for code, label in (column.split("_label") for column in COLUMNS if column.endswith("_label")):
        assert all(row[f"{code}_label"] or not row[code] or code == "value" for row in rows), label
    response = [row for row in rows if row["table"] == "response"]
    assert [row["place_label"] for row in response[:-1]] == [board.name[language] for board in report.boards]
    assert (response[-1]["value"], response[-1]["of"]) == ("46", "60")
    foundation = [row["category_label"] for row in rows if row["category"] == "foundation"]
    assert set(foundation) == {report.levels["foundation"][language]}
    medians = [row for row in rows if row["table"] == "medians"]
    assert {row["value_label"] for row in medians} <= {name[language] for name in report.levels.values()}


FIELDS = [("PCMW-01", "evidence"), ("PCMW-02", "evidence"), ("ACD-1", "why"), ("ACD-2", "next_step")]
FIELDS += [("FACTORS-1", "detail:other"), ("FACTORS-4", "detail:other"), ("CLOSING-2", "text")]
FIELD_NAMES = {
    "en": (*["What shows this?"] * 2, "Why this level?", "What is the next step?"),
    "cy": (*["Beth sy'n dangos hyn?"] * 2, "Pam y lefel hon?", "Beth yw'r cam nesaf?"),
}
OWN_WORDS = {"en": "In their own words", "cy": "Yn eu geiriau eu hunain"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_of_free_text_is_named_by_what_it_asks_in_the_data_and_on_the_page(language):
    theme, quotes = BilingualText("Time", "Amser"), (ReportedQuote("We met.", "en", None),)
    found = [
        FieldThemes(item, field, 3, 3, (ThemeCount(f"{item}.{field}.1", theme, item, 2),), quotes)
        for item, field in FIELDS
    ]
    report = replace(build_national_report(boards.material(boards.cycles(3, (0.9,)))), themes=tuple(found))
    others = [QUESTIONNAIRE.items[code].option("other").label[language] for code in ("FACTORS-1", "FACTORS-4")]
    names = [*FIELD_NAMES[language], *others, OWN_WORDS[language]]
    rows = read_csv(to_csv(report, language))
    for (item, field), name in zip(FIELDS, names, strict=True):
        labels = {row["category"]: row["category_label"] for row in rows if row["item"] == item}
        labels = {code: label for code, label in labels.items() if field in code}
        assert labels == {field: name, f"{field}#1": f"{name} 1", f"{item}.{field}.1": theme[language]}
    headings = BeautifulSoup(page(report, language).body, "lxml").select("#themes h3")
    titles = [QUESTIONNAIRE.items[item].title[language] for item, _field in FIELDS]
    expected = [f"{title}: {name}" for title, name in zip(titles[:-1], names[:-1], strict=True)]
    assert [" ".join(each.get_text().split()) for each in headings] == [*expected, titles[-1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_of_a_review_tell_both_levels_every_word_and_every_day(language):
    report = review_report()
    attached = manuscript(report, language)
    assert attached.data_name == f"peer-central-and-south-denbighshire-2026-{language}.csv"
    found = {(row["item"], row["measure"]): row for row in read_csv(attached.data)}
    days = {name: date.fromisoformat(found["", name]["value"]) for name in ("met_on", "returned_on", "replied_on")}
    assert days == {name: getattr(report, name) for name in days}
    assert found["", "reviewer"]["value"] == "bridgend-west"
    assert (
        found["", "reviewer"]["value_label"] == f"{report.reviewer.name[language]}, {report.reviewer.board[language]}"
    )
    for finding in report.findings:
        code, own, peer, reply = finding.outcome.code, finding.own, finding.peer, finding.reply
        for measure, level in (("own_level", finding.compared.own), ("peer_level", finding.compared.peer)):
            assert found[code, measure]["value"] == (level.code if level else UNABLE)
        words = {
            "evidence": own.evidence,
            "next_step": own.next_step,
            "heard": peer.heard,
            "reply": reply and reply.text,
        }
        words |= {"good_practice": peer.good_practice, "suggestion": peer.suggestion}
        for measure, text in words.items():
            row = found[code, measure]
            assert (row["value"], row["state"]) == ((text, "shown") if text else ("", "none"))
            assert (row["language"] == "") == (row["value"] == "")
        assert found[code, "may_be_shared"]["value"] == ("yes" if reply else "")
    assert [found[each.outcome.code, "difference"]["value"] for each in report.findings] == ["higher", "lower", ""]
    assert [found[each.outcome.code, "levels_apart"]["value"] for each in report.findings] == ["2", "1", ""]
    assert found["ACD-3", "difference"]["state"] == "undefined"
    assert found["PCMW-01", "own_level"]["value_label"] == report.surveys[0].levels[LEVELS[0]][language]
