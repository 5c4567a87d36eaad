"""The report of a cluster: each level, text and count is in page, PDF and data, and equals a recount."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import page as page_validation
import pytest
from bs4 import BeautifulSoup
from flask import render_template
from hypothesis import given, settings
from pypdf import PdfReader

from surveys.schema import LEVELS, UNABLE, Outcome, Question

from reports.cluster.report import ClusterReport
from reports.cluster.rows import rows
from reports.data.data_row import CellState
from reports.page import manuscript

from app.domain.errors import NotSubmitted, RecordNotFound
from app.i18n import speaking
from app.services.reports.builders.cluster import build_cluster_report
from tests.support.pdf_reading import text_of_pages
from tests.support.pdf_tags import structure, tags
from tests.support.report_clusters import LONG, OWN, QUESTIONNAIRE, SPLIT, WORD, material, seeds

FOOTER = re.compile(r"(Cycle|Cylch) 2026(?: · [^·]+){3} · (Draft|Drafft)|(Page|Tudalen) \d+ (of|o) \d+")
UNABLE_SAID = {"en": "Not able to say", "cy": "Methu dweud"}
MOVED = {
    "en": {"up": "↑ higher", "same": "= the same", "down": "↓ lower", None: "not compared"},
    "cy": {"up": "↑ yn uwch", "same": "= yr un fath", "down": "↓ yn is", None: "heb ei chymharu"},
}
STANDING = {
    "en": {"below": "below", "within": "within", "above": "above", None: "–"},
    "cy": {"below": "islaw", "within": "o fewn", "above": "uwchlaw", None: "–"},
}
DRAFT = {"en": "Working draft, not the official matrix", "cy": "Drafft gwaith, nid y matrics swyddogol"}
HEADINGS = {
    "en": (
        "The picture over the years",
        "Primary Care Model for Wales outcomes\nWorking",
        "A page to take to the next cluster meeting",
        "About this report",
    ),
    "cy": (
        "Y darlun dros y blynyddoedd",
        "Canlyniadau Model Gofal Sylfaenol i Gymru\nDrafft",
        "Tudalen ar gyfer cyfarfod nesaf y clwstwr",
        "Am yr adroddiad hwn",
    ),
}
MOVES = ("up", "same", "down", None)
FULLEST = 1001
"""The seed of a cycle in which the cluster and others agreed to be compared, and its review was returned."""


def letters(text: str) -> str:
    """Return the letters of a text without white space and hyphens, which depend on line breaks."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def report_of(seed: int, **given) -> ClusterReport:
    return build_cluster_report(material(seed, **given), OWN, compared=True)


def page_of(report: ClusterReport, language: str) -> BeautifulSoup:
    return BeautifulSoup(manuscript(report, language).html, "lxml")


def said(cell) -> str:
    return " ".join(cell.get_text(" ", strip=True).split())


def level_before(seed_material, code: str, year: int) -> tuple[str, bool]:
    """Return the level of an outcome in an earlier year, and whether it is comparable, worked out independently."""
    [cycle] = [each for each in seed_material.snapshot.earlier if each.year == year]
    given_then = cycle.returns[0].answers
    if given_then is None or (year == 2024 and code == "ACD-7"):
        return "", False
    came_from = SPLIT if year == 2024 and code == "PCMW-13" else code
    return given_then[came_from]["level"], not (year == 2024 and code in {"PCMW-13", "PCMW-01"})


def recounted_move(now: str, before: str, *, compares: bool) -> str | None:
    if not compares or now not in LEVELS or before not in LEVELS:
        return None
    difference = LEVELS.index(now) - LEVELS.index(before)
    return "up" if difference > 0 else "down" if difference else "same"


@settings(max_examples=4)
@given(seeds)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_picture_marks_every_level_of_every_year_and_every_count_equals_a_recount(language, seed):
    taken = material(seed)
    report = build_cluster_report(taken, OWN, compared=True)
    page, own = page_of(report, language), taken.snapshot.returns[0].answers
    years = [each.year for each in taken.snapshot.earlier if each.returns[0].answers is not None]
    moves = []
    drawn = page.select("#picture tbody tr")
    assert len(drawn) == 20
    for row, outcome in zip(drawn, QUESTIONNAIRE.outcomes, strict=True):
        now, places = own[outcome.code]["level"], [said(cell).split() for cell in row.select("td.place")]
        assert [places.index(each) for each in places if "2026" in each] == [(*LEVELS, UNABLE).index(now)]
        for year in (2024, 2025):
            level, compares = level_before(taken, outcome.code, year)
            mark = f"{year}" if compares else f"{year}*"
            found = [place for place, marks in zip((*LEVELS, UNABLE), places, strict=True) if mark in marks]
            assert found == ([level] if level else [])
        if years:
            before, compares = level_before(taken, outcome.code, max(years))
            moves.append(recounted_move(now, before, compares=compares))
            assert said(row.select("td.said")[0]) == MOVED[language][moves[-1]]
    levels = [own[outcome.code]["level"] for outcome in QUESTIONNAIRE.outcomes]
    assert [said(cell) for cell in page.select("#glance .tally td")] == [
        str(levels.count(level)) for level in (*LEVELS, UNABLE)
    ]
    if years:
        told = ", ".join(f"{MOVED[language][move]} {moves.count(move)}" for move in MOVES)
        assert said(page.select_one("#glance .moves")).endswith(f"{max(years)}: {told}.")
        assert said(page.select_one("#meeting .moves")).endswith(f"{told}.")
    totals = [row for row in rows(report) if row.table == "totals"]
    assert {(row.category, row.value, row.of) for row in totals if row.measure == "outcomes"} == {
        (level, levels.count(level), 20) for level in (*LEVELS, UNABLE)
    }
    assert [row.value for row in totals if row.measure == "moved"] == [moves.count(move) for move in MOVES if years]


@settings(max_examples=4)
@given(seeds)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_text_stands_on_the_page_and_in_the_data_in_the_language_it_was_typed_in(language, seed):
    taken = material(seed)
    report = build_cluster_report(taken, OWN, compared=True)
    page, own = page_of(report, language), taken.snapshot.returns[0]
    shown = [(each.get("lang"), each.get_text()) for each in page.select(".typed")]
    told = {(row.language, row.value) for row in rows(report) if row.language}
    for code, text in texts_of(own.answers):
        assert (own.languages[code], text) in shown
        assert (own.languages[code], text) in told
    assert len(shown) >= len(told)
    assert all(each["dir"] == "auto" for each in page.select(".typed"))
    last = next((each.returns[0] for each in taken.snapshot.earlier if each.returns[0].answers is not None), None)
    for outcome in QUESTIONNAIRE.outcomes if last else ():
        promised = last.answers.get(outcome.code, {}).get("next_step")
        if promised and last.answers is not None:
            assert (last.languages[outcome.code], promised) in shown
    for outcome in QUESTIONNAIRE.outcomes:
        part = page.find(id=outcome.code).get_text(" ")
        level = own.answers[outcome.code]["level"]
        wanted = [level, "foundation"] if level == UNABLE else list(LEVELS[LEVELS.index(level) :][:2])
        for code in wanted:
            assert code == UNABLE or letters(outcome.descriptors[code][language]) in letters(part)
        assert letters(outcome.statement[language]) in letters(part)
    for question in QUESTIONNAIRE.items.values():
        if isinstance(question, Question) and question.options:
            chosen = own.answers.get(question.code, {}).get("chosen", [])
            labels = [option.label[language] for option in question.options if option.code in chosen]
            part = said(page.find(id=QUESTIONNAIRE.survey_of(question.code).slug))
            assert all(" ".join(label.split()) in part for label in labels)
            found = [row.category for row in rows(report) if (row.item, row.measure) == (question.code, "chosen")]
            assert sorted(found) == sorted(chosen)


def texts_of(answers) -> list[tuple[str, str]]:
    """Return (item code, text) for every typed text."""
    found = []
    for code, content in answers.items():
        parts = [content.get(name) for name in ("why", "evidence", "next_step", "text")]
        found += [(code, text) for text in [*parts, *content.get("details", {}).values()] if text]
    return found


@settings(max_examples=4)
@given(seeds)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_and_the_data_say_the_same_of_standing_and_peers(language, seed):
    report = report_of(seed)
    page, found = page_of(report, language), list(rows(report))
    standing = {row.item: row for row in found if row.measure == "standing" and row.state is not CellState.HIDDEN}
    for row, outcome in zip(page.select("#picture tbody tr"), QUESTIONNAIRE.outcomes, strict=True):
        if report.has_bands:
            told = standing.get(outcome.code)
            assert said(row.select("td.said")[-1]) == STANDING[language][told.value if told else None]
            limits = [each.value for each in found if (each.item, each.table) == (outcome.code, "standing")][:2]
            marked = [
                place
                for place, cell in zip(LEVELS, row.select("td.place"), strict=False)
                if "place--band" in cell["class"]
            ]
            assert marked == (list(LEVELS[LEVELS.index(limits[0]) : LEVELS.index(limits[1]) + 1]) if told else [])
        else:
            assert not row.select(".place--band")
            assert outcome.code not in standing
    peers = [row for row in found if row.table.startswith("review")]
    assert bool(peers) == bool(seed % 2)
    part = letters(page.find(id="peer-review").get_text())
    for row in peers:
        if row.measure in {"own_level", "peer_level"}:
            name = UNABLE_SAID[language] if row.value == UNABLE else QUESTIONNAIRE.levels[row.value][language]
            assert letters(name) in letters(page.find(id=f"peer-{row.item}").thead.get_text())
        elif row.language:
            assert letters(row.value) in part


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_web_page_shows_what_the_pdf_shows(app, language):
    report = report_of(FULLEST, others=30, agrees=True)
    page = page_of(report, language)
    with app.test_request_context(f"/{language}/"), speaking(language):
        shown = BeautifulSoup(render_template("cluster/body.html", report=report), "lxml")
    parts = ("glance", "picture", "part-1", "part-2", "system_factors", "about_the_cluster", "peer-review", "method")
    for part in parts:
        assert letters(shown.find(id=part).get_text()) == letters(page.find(id=part).get_text())


def test_every_row_tells_which_figure_it_is():
    for seed in (FULLEST, 3, 10):
        keys = [(row.table, row.measure, row.year, row.item, row.category) for row in rows(report_of(seed))]
        assert len(keys) == len(set(keys))


def test_all_readers_are_shown_the_same_band_and_a_correction_keeps_it():
    first = material(FULLEST, others=30, agrees=True)
    readers = [each.cluster for each in first.snapshot.returns if each.compares]
    bands = [build_cluster_report(first, code, compared=True).comparison for code in readers[:5]]
    assert bands[0].is_shown
    assert all(each == bands[0] for each in bands)
    mature = {outcome.code: {"level": "mature"} for outcome in QUESTIONNAIRE.outcomes}
    for joined in range(1, 40):
        returns = first.snapshot.returns
        late = tuple(replace(returns[-1], cluster=f"late-{n}", answers=mature, compares=True) for n in range(joined))
        corrected = replace(first, snapshot=replace(first.snapshot, returns=(*returns, *late)))
        made = build_cluster_report(replace(corrected, first=first.snapshot), OWN, compared=True)
        assert made.comparison == bands[0]
    assert build_cluster_report(corrected, OWN, compared=True).comparison.bands != bands[0].bands


@pytest.mark.parametrize(
    ("others", "agrees", "compared", "words"),
    [
        (30, False, True, "did not agree to be compared"),
        (30, True, False, "shown in the published report"),
        (3, True, True, "too few clusters did"),
    ],
)
def test_without_a_band_the_report_says_why(others, agrees, compared, words):
    made = build_cluster_report(material(FULLEST, others=others, agrees=agrees), OWN, compared=compared)
    page = page_of(made, "en")
    assert words in said(page.find(id="glance"))
    assert not page.select(".place--band")
    told = [row for row in rows(made) if row.measure in {"band_lower", "band_upper", "standing"}]
    assert all(row.state is CellState.HIDDEN and row.value is None for row in told)


def test_a_cluster_without_an_answer_or_a_name_is_refused():
    taken = material(FULLEST)
    silent = replace(taken.snapshot.returns[0], answers=None)
    with pytest.raises(NotSubmitted):
        build_cluster_report(replace(taken, snapshot=replace(taken.snapshot, returns=(silent,))), OWN, compared=True)
    with pytest.raises(RecordNotFound):
        build_cluster_report(taken, "atlantis", compared=True)


@pytest.fixture(scope="module")
def longest() -> ClusterReport:
    """Return a report with 2,000 words in one answer and one next step, an 80-letter word in all other texts."""
    taken = material(FULLEST, others=30, agrees=True)
    own = taken.snapshot.returns[0]
    answers = {
        code: {**content, "evidence": f"{WORD} {code}", "next_step": f"{WORD} {code}", "why": ""}
        if isinstance(QUESTIONNAIRE.items[code], Outcome)
        else content
        for code, content in own.answers.items()
    }
    answers["PCMW-05"] = {**answers["PCMW-05"], "level": "mature", "evidence": LONG, "next_step": LONG}
    returns = (replace(own, answers=answers), *taken.snapshot.returns[1:])
    return build_cluster_report(replace(taken, snapshot=replace(taken.snapshot, returns=returns)), OWN, compared=True)


@pytest.fixture(scope="module")
def printed(longest, print_once) -> dict[str, bytes]:
    """Return language -> the PDF of the longest report."""
    return {language: print_once(manuscript(longest, language)) for language in ("en", "cy")}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pdf_conforms_to_pdf_ua_and_says_all_that_the_page_says(longest, printed, language):
    verdict = page_validation.validate_pdf_bytes(printed[language], profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    reader, page = PdfReader(BytesIO(printed[language])), page_of(longest, language)
    found = structure(reader)
    assert (found["/H1"], found["/Table"]) == (1, len(page.select("table")))
    assert {"en", "cy"} <= {tag.get("/Lang") for tag in tags(reader) if tag["/S"] == "/P"}
    text = letters(FOOTER.sub("", " ".join(text_of_pages(printed[language]))))
    assert text.count(letters(LONG)) == 2
    for row in rows(longest):
        if isinstance(row.value, str) and row.language and row.value.isascii():
            assert letters(row.value) in text
    for each in page.select("#picture td, #glance td, #meeting li, h2, h3, h4, .beside li, .ladder td"):
        assert letters(each.get_text()) in text
    assert longest.imprint.snapshot_hash in text
    assert sum(letters(DRAFT[language]) in letters(each) for each in text_of_pages(printed[language])) >= 4


@pytest.mark.parametrize("language", ["en", "cy"])
def test_picture_and_meeting_take_one_page_each_and_no_word_runs_over_the_edge(printed, language, tmp_path):
    pages = [letters(each) for each in text_of_pages(printed[language])]
    starts = {
        heading: next(number for number, text in enumerate(pages) if number > 1 and letters(heading) in text)
        for heading in HEADINGS[language]
    }
    picture, first_part, meeting, method = starts.values()
    assert (first_part - picture, method - meeting) == (1, 1)
    file = tmp_path / "cluster.pdf"
    file.write_bytes(printed[language])
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True)
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', done.stdout)]
    assert max(right) <= 595.28 - 18 * 72 / 25.4 + 0.5


@pytest.mark.parametrize("language", ["en", "cy"])
def test_headings_are_not_skipped_and_no_name_stands_twice(language):
    page = page_of(report_of(FULLEST), language)
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(page.find(id=link["href"][1:]) for link in page.select("a[href^='#']"))
    assert not page.select("script")
    assert "None" not in page.get_text().replace("None yet", "")


@pytest.mark.parametrize(
    ("language", "agreed", "changed"),
    [
        ("en", "Agreed with 12 people present:", "Agreed on 3 May 2026 with 12 people present:"),
        ("cy", "Cytunwyd mewn trafodaeth gan 12 o bobl:", "Cytunwyd mewn trafodaeth ar 3 Mai 2026 gan 12 o bobl:"),
    ],
)
def test_an_answer_that_was_changed_after_it_was_agreed_has_both_days_on_the_page_and_in_the_data(
    language, agreed, changed
):
    report = report_of(1)
    first, second, *_rest = report.answers.outcomes
    here = replace(first, content={**first.content, "present": {"count": 12, "groups": ["dentistry"]}})
    days = {"agreed": "2026-05-03", "changed": "2026-05-05"}
    there = replace(second, content={**second.content, "present": here.content["present"] | days})
    report = replace(report, answers=replace(report.answers, outcomes=(here, there)))
    page = page_of(report, language)
    assert said(page.find(id=first.outcome.code).select_one(".present")).startswith(agreed)
    told = said(page.find(id=second.outcome.code).select_one(".present"))
    assert told.startswith(changed)
    assert told.endswith({"en": ". Changed on 5 May 2026.", "cy": ". Newidiwyd ar 5 Mai 2026."}[language])
    found = {
        (each.item, each.measure): each.value for each in rows(report) if each.measure in ("agreed_on", "changed_on")
    }
    assert found == {(second.outcome.code, f"{name}_on"): day for name, day in days.items()}
