"""A PDF is tagged, complete and reproducible, and uses no external resources."""

from io import BytesIO
from pathlib import Path

import page as page_validation
import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from reports.page import manuscript
from reports.pdf import render as pdf
from reports.pdf.failures import FontMissing
from reports.pdf.process import PdfInput, render_in_process

from tests.support.pdf_reading import text_of_pages
from tests.support.pdf_tags import structure

LANGUAGES = ("en", "cy")
STYLE = (Path(pdf.__file__).parents[1] / "styles/print.css").read_text("utf-8")
TITLES = {"en": "National summary of cluster self-reflection, 2024", "cy": "2024"}
CONTENTS = {"en": "Contents", "cy": "Cynnwys"}
NUMBERED = {"en": "Page {} of {}", "cy": "Tudalen {} o {}"}
TABLES = 2 + 2 + 1 + 1 + 3 + 3 + 5 + 3 + 1 + 1
"""Tables by section: two surveys, bounds, response, boards, factors, ahead, cluster, themes, agreement, editions."""


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def reader(pdfs, language) -> PdfReader:
    return PdfReader(BytesIO(pdfs[language]))


def test_it_conforms_to_pdf_ua(pdfs, language):
    verdict = page_validation.validate_pdf_bytes(pdfs[language], profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict


def test_it_says_its_title_and_language(reader, language):
    assert TITLES[language] in reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_each_logical_table_is_one_table(reader):
    found = structure(reader)
    assert found["/Table"] == TABLES
    assert found["/H1"] == 1
    assert found["/TH"] > 100


def test_its_contents_page_says_where_each_bookmark_leads(reader, pdfs, language):
    _title, (contents, *parts) = reader.outline
    parts = [each for each in parts if not isinstance(each, list)]
    assert (contents.title, len(parts)) == (CONTENTS[language], 11)
    page = text_of_pages(pdfs[language], order="layout")[reader.get_destination_page_number(contents)]
    lines = [" ".join(line.split()) for line in page.splitlines()]
    for each in parts:
        assert f"{each.title} {reader.get_destination_page_number(each) + 1}" in lines


def test_each_page_after_the_cover_says_its_number(pdfs, language):
    pages = text_of_pages(pdfs[language])
    for number, page in enumerate(pages[1:], start=2):
        assert page.endswith(f"{NUMBERED[language].format(number, len(pages))}\n")


def test_every_mark_of_the_draft_wording_is_printed(report, reader, pdfs, language):
    mark = {"en": "not the official matrix", "cy": "nid y matrics swyddogol"}[language]
    assert mark in reader.pages[0].extract_text()
    printed = " ".join(" ".join(text_of_pages(pdfs[language])).split())
    assert printed.count(mark) == manuscript(report, language).html.count(mark)


def test_the_same_report_makes_the_same_bytes(report, pdfs, language):
    assert render_in_process(manuscript(report, language)) == pdfs[language]


def fonts_of(document: bytes) -> set[str]:
    reader = PdfReader(BytesIO(document))
    return {
        font.get_object()["/BaseFont"].split("+")[1]
        for each in reader.pages
        for font in each["/Resources"].get("/Font", {}).values()
    }


def test_every_letter_of_welsh_is_in_our_own_fonts():
    letters = "âêîôûŵŷ ÂÊÎÔÛŴŶ áéíóúẃý àèìòùẁỳ äëïöüẅÿ"
    html = f'<html lang="cy"><title>x</title><style>{STYLE}</style><h1>{letters}</h1><p>{letters}</p></html>'
    made = render_in_process(PdfInput(html))
    assert all(name.startswith("Source-Sans-3") for name in fonts_of(made))
    assert "ŵŷ" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_the_report_uses_our_own_fonts_only(pdfs, language):
    assert all(name.startswith("Source-Sans-3") for name in fonts_of(pdfs[language]))


def test_a_report_fetches_nothing_from_outside(tmp_path):
    for address in ("http://localhost/x.png", (tmp_path / "x.png").as_uri(), "file:///etc/passwd"):
        with pytest.raises(FatalURLFetchingError, match="may not fetch"):
            pdf.render(PdfInput(f'<html lang="en"><title>x</title><img alt="x" src="{address}">'))


def test_a_missing_font_is_told_with_its_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(FontMissing, match="source-sans-3"):
        pdf.render(PdfInput("<p>"))


def test_a_sign_that_the_fonts_do_not_have_is_marked_and_the_pdf_stays_accessible():
    typed = "Da iawn 🙂 👩\u200d⚕\ufe0f שלום 漢 ŵ\u2066x\u2069"
    html = f'<html lang="cy"><title>x</title><style>{STYLE}</style><h1>x</h1><p>{typed}</p></html>'
    made = render_in_process(PdfInput(html))
    verdict = page_validation.validate_pdf_bytes(made, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    assert all(name.startswith("Source-Sans-3") for name in fonts_of(made))
    assert "Da iawn □" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_what_was_stored_with_signs_that_end_lines_or_only_look_invisible_is_printed_accessibly():
    typed = "First line\u2028second\u2029third\x85fourth \u0600\u06dd\u070f\ufff9x\ufffa\U000110bd\U0001bca0"
    html = f'<html lang="en"><title>x</title><style>{STYLE} p {{ white-space: pre-line }}</style><p>{typed}</p></html>'
    made = render_in_process(PdfInput(html))
    verdict = page_validation.validate_pdf_bytes(made, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    assert PdfReader(BytesIO(made)).pages[0].extract_text().splitlines()[:3] == ["First line", "second", "third"]
