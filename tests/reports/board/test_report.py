"""The report of a board: every figure in page, PDF and data equals a recount; both editions are accessible."""

import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO

import page as page_validation
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from surveys.schema import LEVELS, UNABLE

from reports.board.rows import rows
from reports.data.data_row import CellState
from reports.page import manuscript
from reports.pdf.process import render_in_process

from app.domain.errors import RecordNotFound
from app.domain.reports.movement_cohort import moving
from app.domain.reports.snapshot import Snapshot
from tests.support.pdf_reading import text_of_pages
from tests.support.pdf_tags import structure
from tests.support.report_cycles_by_board import ASKED, CLUSTERS, QUESTIONNAIRE, board_report, cycles

BETSI, POWYS = "7A1", "7A7"
SHARES = (0.8, 0.7, 0.8)
"""Share of clusters that submit, newest cycle first; enough for movement to be shown."""

CODES = (*LEVELS, UNABLE)
languages = pytest.mark.parametrize("language", ["en", "cy"])


def alone(code: str, few: int) -> list:
    """Return the clusters of Wales, of this board only the first `few`."""
    mine = [each for each in CLUSTERS if each[1] == code]
    return [each for each in CLUSTERS if each not in mine[few:]]


def page_of(report, language: str) -> BeautifulSoup:
    return BeautifulSoup(manuscript(report, language).html, "lxml")


def table(page: BeautifulSoup, section: str, position: int = 0) -> list[list[str]]:
    body = page.select(f"#{section} table")[position].select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in body]


def levels_of(returns, boards, outcome: str) -> list[int]:
    given_levels = Counter(
        each.answers[outcome]["level"] for each in returns if each.answers is not None and each.board in boards
    )
    counts = [given_levels[code] for code in CODES]
    return [*counts[:3], sum(counts[:3]), counts[3]]


def steps_of(taken: Snapshot, boards, outcome: str, *, all_of_them: bool) -> list[int]:
    """Count clusters: moved down, same, up, their sum, no level; `all_of_them`: leave none out at random."""
    compared = {now.cluster for _then, now in moving(taken).compared}
    before = {each.cluster: each for each in taken.earlier[0].returns if each.answers is not None}
    pairs = [
        (before[each.cluster].answers[outcome]["level"], each.answers[outcome]["level"])
        for each in taken.returns
        if each.answers is not None and each.cluster in before and each.board in boards
        if all_of_them or each.cluster in compared
    ]
    both = [(LEVELS.index(one), LEVELS.index(other)) for one, other in pairs if UNABLE not in (one, other)]
    moved = [sum(o < s for s, o in both), sum(s == o for s, o in both), sum(o > s for s, o in both)]
    return [*moved, len(both), len(pairs) - len(both)]


def figures(cells: list[str]) -> list[int]:
    return [int(cell) for cell in cells[-5:]]


def counts_told(report, table: str) -> dict[tuple, int | None]:
    """Return (year, place, item, category) -> count, from the data rows of a table."""
    told = (row for row in rows(report) if (row.table, row.measure) == (table, "clusters"))
    return {(row.year, row.place, row.item, row.category): row.value for row in told}


def place_of(boards) -> str:
    return "+".join(board.code for board in boards)


def codes_of(boards) -> set[str]:
    return {board.code for board in boards}


EVERYONE = {code for _cluster, code, _name in CLUSTERS}
boards_read = st.sampled_from([BETSI, POWYS, "7A6", "7A2"])
reports_read = given(st.integers(0, 10_000), boards_read, st.booleans(), st.sampled_from(["en", "cy"]))


@settings(max_examples=4)
@reports_read
def test_the_levels_of_page_and_rows_equal_a_recount(seed, code, inside, language):
    taken = cycles(seed, SHARES)
    report = board_report(taken, code, inside=inside)
    page, told, boards = page_of(report, language), counts_told(report, "levels"), report.figures.boards
    shown = [row for part in (1, 2) for row in table(page, f"part-{part}")]
    for outcome in QUESTIONNAIRE.outcomes:
        for place, of in ((place_of(boards), codes_of(boards)), ("wales", EVERYONE)):
            counts = levels_of(taken.returns, of, outcome.code)
            row = shown.pop(0)
            assert figures(row) == counts
            assert (row[0] == outcome.title[language]) == (place != "wales")
            assert [told[taken.year, place, outcome.code, c] for c in CODES] == [*counts[:3], counts[4]]
    assert not shown


@settings(max_examples=4)
@reports_read
def test_the_levels_over_the_years_equal_a_recount(seed, code, inside, language):
    taken = cycles(seed, SHARES)
    report = board_report(taken, code, inside=inside)
    page, told = page_of(report, language), counts_told(report, "levels")
    shown = [row for at in (0, 1) for row in table(page, "years", at)]
    returns = {taken.year: taken.returns, **{each.year: each.returns for each in taken.earlier}}
    for outcome in QUESTIONNAIRE.outcomes:
        for year in (each for each in report.figures.years if each.boards):
            counts = levels_of(returns[year.year], codes_of(year.boards), outcome.code)
            assert figures(shown.pop(0)) == counts
            place = place_of(year.boards)
            assert [told[year.year, place, outcome.code, c] for c in CODES] == [*counts[:3], counts[4]]
    assert not shown


@settings(max_examples=6)
@reports_read
def test_the_movement_of_page_and_rows_equals_a_recount(seed, code, inside, language):
    taken = cycles(seed, SHARES)
    report = board_report(taken, code, inside=inside)
    page, told, moved = page_of(report, language), counts_told(report, "movement"), report.figures.movement
    if not moved.boards:
        assert not page.select("#movement table")
        assert {told[taken.year, code, outcome.code, "up"] for outcome in QUESTIONNAIRE.outcomes} == {None}
        return
    before = {each.cluster for each in taken.earlier[0].returns if each.answers is not None}
    submitted = {(row.place, row.measure): (row.value, row.of) for row in rows(report) if row.table == "movement"}
    shown = [row for at in (0, 1) for row in table(page, "movement", at)]
    both = [(place_of(moved.boards), codes_of(moved.boards)), *([("wales", EVERYONE)] if moved.wales else [])]
    for outcome in QUESTIONNAIRE.outcomes:
        for place, of in both:
            counts = steps_of(taken, of, outcome.code, all_of_them=inside and place != "wales")
            assert figures(shown.pop(0)) == counts
            steps = ("down", "same", "up", "not_comparable")
            assert [told[taken.year, place, outcome.code, c] for c in steps] == [*counts[:3], counts[4]]
            now = [each.cluster for each in taken.returns if each.answers is not None and each.board in of]
            both_times = sum(cluster in before for cluster in now)
            assert submitted[place, "submitted_both"] == (both_times, len(now))
            assert submitted[place, "compared"] == (counts[3] + counts[4], both_times)
    if language == "en" and moved.compared > 1:
        said = f"{moved.compared} clusters that submitted both times are counted here, of {moved.now} that submitted"
        assert said in page.select_one("#movement").get_text(" ", strip=True)
    assert not shown


@settings(max_examples=4)
@reports_read
def test_what_clusters_ask_for_equals_a_recount(seed, code, inside, language):
    taken = cycles(seed, SHARES)
    report = board_report(taken, code, inside=inside)
    page, told, boards = page_of(report, language), counts_told(report, "options"), report.figures.boards
    for number, item in enumerate(ASKED):
        shown = {row[0]: [int(cell) for cell in row[1:]] for row in table(page, "asks", number)}
        for option in QUESTIONNAIRE.items[item].options:
            chosen = [
                sum(
                    bool(r.answers) and option.code in r.answers[item]["chosen"] for r in taken.returns if r.board in of
                )
                for of in (codes_of(boards), EVERYONE)
            ]
            assert shown[option.label[language]] == chosen
            assert [told[taken.year, p, item, option.code] for p in (place_of(boards), "wales")] == chosen


@languages
def test_officers_see_the_level_of_each_cluster_and_what_it_wrote(language):
    taken = cycles(1, SHARES)
    report = board_report(taken, BETSI, inside=True)
    page = page_of(report, language)
    letters = {code: name[language][0] for code, name in report.levels.items()} | {UNABLE: "?"}
    mine = [each for each in taken.returns if each.board == BETSI]
    heads = [cell.get_text(strip=True) for cell in page.select("#clusters thead th")][1:]
    assert heads == [each.name[language] for each in mine]
    shown = {row[0]: row[1:] for row in table(page, "clusters") if len(row) > 1}
    for outcome in QUESTIONNAIRE.outcomes:
        expected = [letters[each.answers[outcome.code]["level"]] if each.answers else "×" for each in mine]
        assert shown[outcome.title[language]] == expected
    before = {each.cluster: each for each in taken.earlier[0].returns}
    steps = {row[0]: row[1:] for row in table(page, "movement", 2) if len(row) > 1}
    for outcome in QUESTIONNAIRE.outcomes:
        pairs = [(before[each.cluster].answers, each.answers) for each in mine]
        assert steps[outcome.title[language]] == [
            "→".join(letters[a[outcome.code]["level"]] for a in pair) if all(pair) else "×" for pair in pairs
        ]
    written = [
        (each.answers[item]["details"][option], each.cluster)
        for item in ASKED
        for each in mine
        if each.answers
        for option in each.answers[item]["chosen"]
        if each.answers[item]["details"][option]
    ]
    assert Counter(each.get_text() for each in page.select("#asks .typed")) == Counter(
        text for text, _cluster in written
    )
    assert {each["lang"] for each in page.select("#asks .typed")} == {"cy"}
    assert sorted((r.value, r.place) for r in rows(report) if r.table == "written") == sorted(written)


@languages
def test_the_edition_for_everyone_names_no_cluster_and_quotes_nothing(language):
    taken = cycles(1, SHARES)
    report = board_report(taken, POWYS, inside=False)
    page = page_of(report, language)
    assert len(report.figures.boards) > 1
    for board in report.figures.boards:
        assert board.short[language] in page.find(id="response").get_text()
    assert not page.select("#clusters, .typed")
    text = page.get_text()
    assert not [name for _code, _board, name in CLUSTERS if name[language] in text and len(name[language]) > 12]
    figures = report.figures
    shown = [figures.boards, figures.movement.boards, *(year.boards for year in figures.years)]
    assert {row.place for row in rows(report)} <= {POWYS, "wales", *map(place_of, shown)}


def pdf_of(report, language: str) -> bytes:
    return render_in_process(manuscript(report, language))


@pytest.mark.parametrize(
    ("code", "few", "inside", "language"),
    [
        (BETSI, 14, True, "en"),
        (BETSI, 14, True, "cy"),
        (POWYS, 3, False, "cy"),
        (POWYS, 3, False, "en"),
        (POWYS, 1, True, "cy"),
    ],
)
def test_the_pdf_conforms_holds_every_figure_and_keeps_to_the_page(code, few, inside, language, tmp_path):
    taken = cycles(2, (1, 0.7, 1) if few == 1 else SHARES, alone(code, few))
    report = board_report(taken, code, inside=inside)
    made = pdf_of(report, language)
    verdict = page_validation.validate_pdf_bytes(made, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    reader = PdfReader(BytesIO(made))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert structure(reader)["/Figure"] == 0
    text = " ".join(" ".join(text_of_pages(made)).split())
    boards = codes_of(report.figures.boards)
    for outcome in QUESTIONNAIRE.outcomes:
        assert " ".join(str(count) for count in levels_of(taken.returns, boards, outcome.code)) in text
    if inside:
        for each in (each for each in taken.returns if each.board == code):
            assert each.name[language] in text
    file = tmp_path / "board.pdf"
    file.write_bytes(made)
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True)
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', done.stdout)]
    assert max(right) <= 595.28 - 18 * 72 / 25.4 + 0.5


@languages
def test_a_board_without_submissions_says_so(language):
    taken = cycles(1, (1, 1))
    silent = replace(taken, returns=tuple(replace(r, answers=None) if r.board == POWYS else r for r in taken.returns))
    for inside in (True, False):
        report = board_report(silent, POWYS, inside=inside)
        said = page_of(report, language).find(id="response").get_text()
        assert {"en": "No cluster of this board has submitted", "cy": "Nid oes yr un o glystyrau'r bwrdd hwn"}[
            language
        ] in said
        assert not page_of(report, language).select("#part-1, #movement, #asks")
        assert {row.state for row in rows(report) if row.table == "levels"} == {CellState.NONE}


def test_a_handful_of_answers_is_withheld_from_everyone_and_shown_to_officers():
    taken = cycles(1, (1, 1), [each for each in CLUSTERS if each[1] == POWYS])
    outside, inside = (board_report(taken, POWYS, inside=inside) for inside in (False, True))
    assert "The answers are not shown" in page_of(outside, "en").find(id="response").get_text()
    assert {row.state for row in rows(outside) if row.table == "levels"} == {CellState.HIDDEN}
    assert {row.place for row in rows(inside) if row.table == "levels"} == {POWYS}


def test_the_same_snapshot_gives_the_same_page():
    pages = [manuscript(board_report(cycles(4, SHARES), BETSI, inside=True), "cy").html for _time in range(2)]
    assert pages[0] == pages[1]


def test_an_unknown_board_is_refused():
    with pytest.raises(RecordNotFound):
        board_report(cycles(1, (1,)), "7A9", inside=True)
