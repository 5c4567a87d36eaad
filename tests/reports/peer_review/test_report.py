"""The report of one review: it has every text as typed and every level by name, and nothing overflows."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import page as page_validation
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from reports.page import manuscript
from reports.page import page as page_of
from reports.pdf.process import render_in_process

from tests.support.pdf_tags import structure, tags
from tests.support.report_reviews import LONG_WORD, review_report

DIFFERENCES = {
    "en": ["The peers see it two levels higher", "The peers see it one level lower", "Cannot be compared"],
    "cy": [
        "Mae'r cymheiriaid yn ei osod ddwy lefel yn uwch",
        "Mae'r cymheiriaid yn ei osod un lefel yn is",
        "Ni ellir eu cymharu",
    ],
}
UNABLE = {"en": "Not able to say", "cy": "Methu dweud"}
DRAFT = {"en": "Working draft, not the official matrix", "cy": "Drafft gwaith, nid y matrics swyddogol"}
NO_REPLY = {"en": "has not replied yet", "cy": "Nid yw'r clwstwr a adolygwyd wedi ateb eto"}
FOOTER = re.compile(r"(Cycle|Cylch) 2026(?: · [^·]+){3} · (Draft|Drafft)|(Page|Tudalen) \d+ (of|o) \d+")
DAYS = {
    "en": ["14 September 2026", "30 September 2026", "12 October 2026"],
    "cy": ["14 Medi 2026", "30 Medi 2026", "12 Hydref 2026"],
}


@pytest.fixture(params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture
def reader(reviews_printed, language) -> PdfReader:
    return PdfReader(BytesIO(reviews_printed[language]))


@pytest.fixture
def page(language) -> BeautifulSoup:
    return BeautifulSoup(manuscript(review_report(), language).html, "lxml")


def words(text: str) -> str:
    """Return the letters of a text without white space and hyphens, which depend on line breaks."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def test_the_summary_table_names_both_levels_and_the_difference_in_words(page, language):
    report = review_report()
    rows = [
        [cell.get_text(" ", strip=True) for cell in row(["th", "td"])]
        for row in page.select("#summary .levels tbody tr")
    ]
    assert len(rows) == len(report.findings)
    for number, finding in enumerate(report.findings):
        both = (finding.compared.own, finding.compared.peer)
        levels = [finding.survey.levels[each.code][language] if each else UNABLE[language] for each in both]
        title = f"{number + 1}. {finding.outcome.title[language]}"
        assert rows[number] == [title, *levels, DIFFERENCES[language][number]]


def test_every_word_that_was_written_stands_in_the_pdf(reader, language):
    printed = words(FOOTER.sub("", " ".join(page.extract_text() for page in reader.pages)))
    report = review_report()
    for finding in report.findings:
        compared = finding.compared
        said = [finding.outcome.title[language], finding.outcome.statement[language]]
        said += [finding.outcome.descriptors[level.code][language] for level in (compared.own, compared.peer) if level]
        said += [finding.own.next_step, finding.peer.heard, finding.peer.good_practice, finding.peer.suggestion]
        said += [finding.reply.text] if finding.reply else []
        for text in said:
            assert words(text) in printed, text
    assert printed.count(words("Cytunwyd yn y cyfarfod.")) == 500
    assert words("Dim <b>marcio</b> & dim 50%.") in printed
    assert all(words(day) in printed for day in DAYS[language])


def test_the_footer_says_where_it_comes_from_on_every_page(reader):
    for page in reader.pages[1:]:
        text = page.extract_text()
        assert "2026" in text
        assert "0123456789ab · 0.1.0" in text
        assert str(len(reader.pages)) in text
    assert review_report().imprint.snapshot_hash in words(reader.pages[-1].extract_text())


def test_every_page_part_that_names_an_outcome_is_marked_as_a_draft(page, reader, language):
    marked = [mark.get_text(strip=True) for mark in page.select("[data-draft]")]
    assert marked == [DRAFT[language]] * 4
    assert words(DRAFT[language].split(",")[1]) in words(reader.pages[0].extract_text())


def test_what_was_typed_keeps_its_language_and_its_lines(page, reader):
    typed = page.select(".typed")
    assert {each["lang"] for each in typed} == {"en", "cy"}
    assert "50%.\n\nAil" in typed[0].get_text()
    spoken = [tag.get("/Lang") for tag in tags(reader) if tag["/S"] == "/P"]
    assert spoken.count("cy") >= 5
    assert spoken.count("en") >= 11


def test_headings_are_not_skipped(page, reader):
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    found = structure(reader)
    assert (found["/H1"], found["/H2"], found["/Table"]) == (1, 5, 6)


def test_a_reply_that_is_missing_is_said_to_be_missing(language):
    silent = tuple(replace(finding, reply=None) for finding in review_report().findings)
    html = manuscript(review_report(replied_on=None, met_on=None, findings=silent), language).html
    page = BeautifulSoup(html, "lxml")
    assert page.get_text().count(NO_REPLY[language]) == 4
    assert "None" not in page.get_text()


@pytest.mark.parametrize(("shares", "word"), [(True, "agrees that"), (False, "does not want"), (None, "has not said")])
def test_whether_good_practice_may_be_shared_is_said(shares, word):
    [first, *_others] = review_report().findings
    told = manuscript(review_report(findings=(replace(first, reply=replace(first.reply, shares=shares)),)), "en").html
    assert [other in told for other in ("agrees that", "does not want", "has not said")].count(True) == 1
    assert word in told


def test_no_word_runs_over_the_edge_of_the_page(reviews_printed, language, tmp_path):
    file = tmp_path / "review.pdf"
    file.write_bytes(reviews_printed[language])
    done = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True)
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', done.stdout)]
    assert len(LONG_WORD) > 80
    assert max(right) <= 595.28 - 18 * 72 / 25.4 + 0.5


def test_the_report_conforms_to_pdf_ua(reviews_printed, language):
    made = reviews_printed[language]
    verdict = page_validation.validate_pdf_bytes(made, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    assert PdfReader(BytesIO(made)).trailer["/Root"]["/Lang"] == language


def test_the_same_report_makes_the_same_bytes(reviews_printed):
    assert render_in_process(manuscript(review_report(), "cy")) == reviews_printed["cy"]


def test_the_page_shows_what_the_pdf_shows(page, language):
    made = page_of(review_report(), language)
    shown = BeautifulSoup(made.body, "lxml")
    assert made.title in page.title.get_text()
    for part in ("summary", "PCMW-01", "PCMW-11", "ACD-3", "method"):
        assert words(shown.find(id=part).get_text()) == words(page.find(id=part).get_text())
