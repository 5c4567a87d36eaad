"""Every number on the page of the national report equals a recount, and the PDF agrees with the page."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings

from surveys.schema import LEVELS, UNABLE, Questionnaire

from reports import kinds
from reports.data.data_row import CellState
from reports.layout.translator import Translator
from reports.page import manuscript, page
from reports.pdf.process import render_in_process

from app.services.reports.builders.national import build_national_report
from tests.support import report_cycles_by_board as boards
from tests.support.pdf_reading import text_of_pages
from tests.support.recount import Recount
from tests.support.report_cycles import BOARDS, CODES, OPTIONS, QUESTIONNAIRE, cycles, report_of

TITLES = {code: QUESTIONNAIRE.items[code].title for code in CODES}
STEPS = ("down", "same", "up")


def rows_of(section, kind: str = "figures") -> list[list[str]]:
    """Return the texts of the cells of every body row of the tables of that class."""
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for table in section.select(f"table.{kind}")
        for row in table.select("tbody tr")
    ]


def numbers(cells: list[str]) -> list[int]:
    return [int(each) for cell in cells for each in re.findall(r"\d+", cell)]


class Expected:
    """The expected rows of each table, from a recount."""

    def __init__(self, snapshot, language: str) -> None:
        recount = Recount(snapshot)
        self.found, self.groups, self.share = recount.found, recount.groups, recount.share
        self.silent = recount.silent
        self.say = Translator(language).local

    def value(self, *key):
        return self.found[key][0]

    def submitted(self, place: str) -> int:
        return self.value("response", place, "", "", "submitted")

    def levels(self, place: str, code: str) -> list[int]:
        counts = [self.value("levels", place, code, level, "clusters") for level in LEVELS]
        unable = self.value("levels", place, code, UNABLE, "clusters")
        return [*counts, self.value("levels", place, code, "", "gave_level"), unable]

    def moved(self, code: str) -> list[int]:
        key = ("movement", "wales", code)
        counts = [self.value(*key, step, "clusters") for step in STEPS]
        return [*counts, self.found[(*key, "up", "clusters")][1], self.value(*key, "not_comparable", "clusters")]

    def transitions(self, code: str) -> list[int]:
        pairs = (f"{before}>{now}" for before in LEVELS for now in LEVELS)
        return [self.value("transitions", "wales", code, pair, "clusters") for pair in pairs]

    def bounds(self, code: str) -> list[int]:
        return [
            self.value("bounds", "wales", code, level, measure) for level in LEVELS for measure in ("least", "most")
        ]


def check_levels(body, expected: Expected) -> None:
    parts = [section for section in body.select("section") if re.fullmatch(r"part-\d", section.get("id", ""))]
    shown = [row for section in parts for row in rows_of(section)]
    assert [numbers(row[1:]) for row in shown] == [expected.levels("wales", code) for code in CODES]
    assert all(expected.say(TITLES[code]) in row[0] for code, row in zip(CODES, shown, strict=True))


def check_boards(body, report, expected: Expected) -> None:
    *rows, submitted = rows_of(body.select_one("#boards"))
    assert numbers(submitted[1:]) == [sum(map(expected.submitted, group)) for group in expected.groups]
    for code, row in zip(CODES, rows, strict=True):
        for group, cell in zip(expected.groups, row[1:], strict=True):
            ends = [expected.value("medians", "+".join(group), code, "", f"median_{end}") for end in ("lower", "upper")]
            letters = [expected.say(report.levels[level])[0] for level in ends if level]
            assert cell == ("–".join(dict.fromkeys(letters)) or "–")
    notes = [note.get_text() for note in body.select("#boards p")]
    assert any(note.startswith("–") for note in notes) == bool(body.select_one("#boards").find("td", string="–"))
    silent = ", ".join(board.code for board in expected.silent)
    assert any(note.endswith(f": {silent}.") for note in notes) == bool(silent)


def check_movement(body, report, expected: Expected) -> None:
    section = body.select_one("#movement")
    moved = report.over_years.moved
    assert (section is None) == (moved is None)
    if moved and moved.is_shown:
        assert [numbers(row[1:]) for row in rows_of(section, "moved")] == [expected.moved(code) for code in CODES]
        assert [numbers(row[1:]) for row in rows_of(section, "moves")] == [expected.transitions(c) for c in CODES]
    elif moved:
        assert not section.select("table")


def check_bounds(body, report, expected: Expected) -> None:
    section = body.select_one("#bounds")
    assert (section is None) == (report.figures.wales.submitted == report.figures.wales.clusters)
    if section:
        assert [numbers(row[1:4]) for row in rows_of(section)] == [expected.bounds(code) for code in CODES]


def check_years(body, report, expected: Expected) -> None:
    section = body.select_one("#years")
    assert (section is None) != report.has_years
    years = [year for year in report.over_years.years if year.distributions]
    shown = [row[-5:] for row in rows_of(section)] if section else []
    places = ["wales", *(f"wales/{year.year}" for year in years)]
    assert [numbers(row) for row in shown] == [
        expected.levels(place, code) for code in CODES if years for place in places
    ]


def check_response(body, snapshot, expected: Expected) -> None:
    places = [*(board.code for board in BOARDS), "wales"]
    found = [[*expected.found["response", place, "", "", "submitted"][:2], expected.share(place)] for place in places]
    rows = rows_of(body.select_one("#response"))
    assert [numbers(row[1:]) for row in rows] == [row if row[1] else [] for row in found]
    bars = [bar["class"] for bar in body.select("#response .bar")]
    assert bars == [["bar", f"share-{submitted}-{clusters}"] for submitted, clusters, _share in found]


def check_options(body, report, expected: Expected) -> None:
    shown = [(row[0], *numbers(row[1:])) for row in rows_of(body, "options")]
    found = []
    for code, options in OPTIONS.items():
        measures = ("clusters", "ranked_first") if code == "FACTORS-1" else ("clusters",)
        rows = [
            (
                expected.say(QUESTIONNAIRE.items[code].option(option).label),
                *(expected.value("options", "wales", code, option, measure) for measure in measures),
            )
            for option in options
        ]
        found += sorted(rows, key=lambda row: -row[1]) if code == "FACTORS-1" else rows
    assert shown == found


@pytest.mark.parametrize("language", ["en", "cy"])
@settings(max_examples=10, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))
@given(cycles)
def test_every_number_on_the_page_equals_a_recount(language, snapshot):
    report, expected = report_of(snapshot), Expected(snapshot, language)
    shown = page(report, language)
    body = BeautifulSoup(shown.body, "lxml")
    assert all(f".{bar['class'][1]}{{" in shown.style for bar in body.select(".bar")), "each bar is drawn"
    check_response(body, snapshot, expected)
    if not report.is_large_enough:
        assert not body.select("#boards, #movement, #bounds, #years, .options, .outcomes:not(.agreement)")
        return
    check_levels(body, expected)
    check_boards(body, report, expected)
    check_movement(body, report, expected)
    check_bounds(body, report, expected)
    check_years(body, report, expected)
    check_options(body, report, expected)


def test_a_board_of_which_no_cluster_submitted_is_named_below_the_map_and_has_its_rows_in_the_data():
    taken = boards.cycles(3, (0.9,))
    silent = [replace(each, answers=None) if each.board == "7A1" else each for each in taken.returns]
    report = build_national_report(boards.material(replace(taken, returns=tuple(silent))))
    section = BeautifulSoup(page(report, "cy").body, "lxml").select_one("#boards")
    assert section.select("p")[-1].get_text() == "Ni chyflwynodd yr un clwstwr yn: Betsi Cadwaladr."
    rows = [row for row in kinds.rows(report) if row.place == "7A1" and row.table in ("levels", "medians")]
    assert {row.item for row in rows} == {outcome.code for outcome in report.questionnaire.outcomes}
    assert {(row.value, row.of, row.state) for row in rows} == {(None, None, CellState.NONE)}


@pytest.mark.parametrize(("few", "told"), [(0, "No cluster has"), (1, "One of 60 clusters"), (3, "3 of 60 clusters")])
def test_while_too_few_submitted_nothing_is_said_of_figures_below(few, told):
    taken = boards.cycles(3, (1,))
    returns = tuple(replace(each, answers=None) for each in taken.returns[few:])
    report = build_national_report(boards.material(replace(taken, returns=taken.returns[:few] + returns)))
    text = " ".join(BeautifulSoup(page(report, "en").body, "lxml").get_text(" ").split())
    assert f"Who answered {told}" in text
    assert ("The answers are not shown yet" in text) == bool(few)
    assert "igure below counts" not in text
    assert "Any count for all Wales" not in text


def test_whatever_the_codes_every_question_with_options_has_its_table_and_every_section_its_line_of_contents():
    surveys = [
        replace(survey, slug=f"past_{survey.slug}", questions=tuple(replace(q, code=f"Q-{q.code}") for q in questions))
        for survey, questions in ((each, each.questions) for each in boards.QUESTIONNAIRE)
    ]
    report = report_of(boards.cycles(3, (0.9,)), Questionnaire(tuple(surveys)))
    body = BeautifulSoup(page(report, "cy").body, "lxml")
    asked = [question for survey in surveys for question in survey.questions if question.options]
    assert [table.caption.get_text() for table in body.select(".options")] == [each.title.cy for each in asked]
    assert all(section.select("table, p, li") for section in body.select("section"))
    contents = BeautifulSoup(manuscript(report, "cy").html, "lxml").select(".contents a")
    assert [(link["href"], link.get_text()) for link in contents] == [
        (f"#{section['id']}", section.h2.get_text()) for section in body.select("section[id]")
    ]


@pytest.mark.parametrize("language", ["en", "cy"])
@settings(max_examples=2, suppress_health_check=list(HealthCheck), phases=(Phase.generate,), derandomize=True)
@given(cycles.filter(lambda snapshot: len(snapshot.submitted) > 8 and snapshot.earlier))
def test_every_row_of_the_page_stands_in_the_pdf(language, snapshot):
    report = report_of(replace(snapshot, minimum_group=2))
    body = BeautifulSoup(page(report, language).body, "lxml")
    printed = render_in_process(manuscript(report, language))
    text = "".join("".join(text_of_pages(printed)).split())
    rows = rows_of(body)
    assert len(rows) > 20
    for row in rows:
        assert "".join("".join(row).split()) in text, row
