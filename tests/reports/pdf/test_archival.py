"""Every PDF is accessible (PDF/UA-1) and archival (PDF/A-3a), has its data attached, and is fully tagged."""

import re
import subprocess
from hashlib import md5
from io import BytesIO
from pathlib import Path

import page as page_validation
import pytest
from pypdf import PdfReader

from reports import page
from reports.pdf.process import PdfInput, render_in_process

from tests.support.pdf_tags import structure, tags
from tests.support.verapdf import PROFILES, violations

ROWS = 60
"""Number of rows and list items, tall so that they span pages; poppler needs seconds for each more."""
DATA = "outcome;n\r\nŵ;1\r\n".encode()
WORDS = {
    "en": {"row": "Outcome", "head": "Level", "foot": "Page", "data": "The figures of this report"},
    "cy": {"row": "Canlyniad", "head": "Lefel", "foot": "Tudalen", "data": "Ffigurau'r adroddiad hwn"},
}


def long_table(language: str) -> str:
    """Return HTML with a section whose table, list and text each run over several pages."""
    style = (Path(page.__file__).parent / "styles/print.css").read_text("utf-8")
    says = WORDS[language]
    rows = "".join(f'<tr><th scope="row">{says["row"]} {n}</th><td>{n}</td></tr>' for n in range(ROWS))
    points = "".join(f"<li>{n}</li>" for n in range(ROWS))
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>x</title>
      <meta name="data" content="{says["data"]}"><style>{style}
      table {{ break-inside: auto }} .two {{ columns: 2 }} th, td, li {{ padding: 3.5mm 0 }}
      @page {{ @top-right {{ content: "{says["foot"]} x" }}
      @bottom-right {{ content: "{says["foot"]} " counter(page) }} }}
      </style></head><body><h1>x</h1><section><p>{"Un dau tri. " * 900}</p><ul class="two">{points}</ul>
      <div><table><caption>y</caption>
      <thead><tr><th scope="col">{says["row"]}</th><th scope="col">{says["head"]}</th></tr></thead>
      <tbody>{rows}</tbody></table></div></section></body></html>"""


@pytest.fixture(scope="module", params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def long(language, print_once) -> bytes:
    return print_once(PdfInput(long_table(language), DATA, "report.csv"))


@pytest.fixture
def reader(long) -> PdfReader:
    return PdfReader(BytesIO(long))


@pytest.fixture(scope="module")
def read_aloud(print_once, tmp_path_factory) -> str:
    """Return the text of the Welsh PDF in the order of its tags, by poppler, which takes many seconds."""
    file = tmp_path_factory.mktemp("long") / "long.pdf"
    file.write_bytes(print_once(PdfInput(long_table("cy"), DATA, "report.csv")))
    told = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True)
    return " ".join(re.findall(r'^ *"(.*)"$', told.stdout, re.MULTILINE))


def test_what_goes_on_over_pages_is_one_tag(reader):
    found = structure(reader)
    assert len(reader.pages) > 6
    assert [found[f"/{kind}"] for kind in ("Table", "Caption", "THead", "TBody", "L", "Sect", "Div", "P")] == [1] * 8
    assert (found["/TR"], found["/TH"], found["/TD"], found["/LI"]) == (ROWS + 1, ROWS + 2, ROWS, ROWS)


def test_it_is_read_aloud_in_order_and_nothing_twice(read_aloud):
    says = WORDS["cy"]
    assert re.findall(rf"{says['row']} (\d+)", read_aloud) == [str(n) for n in range(ROWS)]
    assert read_aloud.count(says["head"]) == 1
    assert read_aloud.count("Un dau tri.") == 900
    assert says["foot"] not in read_aloud


def test_a_row_that_is_longer_than_a_page_is_one_row():
    html = f"<html lang='en'><title>x</title><table><tr><td>{'a<br>' * 99}</td><td>b</td></tr></table>"
    made = render_in_process(PdfInput(html))
    found = structure(PdfReader(BytesIO(made)))
    assert [found[f"/{kind}"] for kind in ("Table", "TR", "TD")] == [1, 1, 2]
    profile = page_validation.ValidationProfile.PDF_UA_1
    assert page_validation.validate_pdf_bytes(made, profile=profile).is_compliant


def test_every_tag_names_its_parent(reader):
    for tag in tags(reader):
        kids = tag.get("/K", [])
        below = [kid.get_object() for kid in kids] if isinstance(kids, list) else [kids]
        assert all(kid["/P"].get_object() == tag for kid in below if isinstance(kid, dict) and "/S" in kid)


def test_headers_and_footers_and_repeated_header_rows_are_artefacts(reader):
    for each in reader.pages[1:]:
        content = each.get_contents().get_data()
        assert content.count(b"/Subtype /Footer>>") == 1
        assert content.count(b"/Subtype /Header>>") == 1
    assert reader.pages[-1].get_contents().get_data().count(b"/Artifact\n<</Type /Pagination>>") >= 2


def test_header_cells_say_what_they_head(reader):
    scopes = [tag["/A"]["/Scope"] for tag in tags(reader) if tag["/S"] == "/TH"]
    assert scopes == ["/Column"] * 2 + ["/Row"] * ROWS


def test_the_data_are_attached_and_described(reader, language):
    [file] = reader.trailer["/Root"]["/AF"]
    file = file.get_object()
    assert (file["/UF"], file["/AFRelationship"]) == ("report.csv", "/Data")
    assert file["/Desc"] == WORDS[language]["data"]
    embedded = file["/EF"]["/F"].get_object()
    assert (embedded.get_data(), embedded["/Subtype"]) == (DATA, "/text/csv")
    assert embedded["/Params"]["/CheckSum"].original_bytes == md5(DATA, usedforsecurity=False).digest()


def test_the_same_manuscript_makes_the_same_bytes_and_other_data_others(long, language):
    assert render_in_process(PdfInput(long_table(language), DATA, "report.csv")) == long
    assert render_in_process(PdfInput(long_table(language))) != long


def test_a_long_table_conforms_to_pdf_ua(long):
    verdict = page_validation.validate_pdf_bytes(long, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict


@pytest.mark.verapdf
def test_everything_printed_conforms_by_verapdf(
    pdfs, packs_printed, reviews_printed, places_printed, print_once, tmp_path
):
    long = {lang: print_once(PdfInput(long_table(lang), DATA, "report.csv")) for lang in ("en", "cy")}
    in_both = {"national": pdfs, "pack": packs_printed, "review": reviews_printed, "long": long}
    printed = {f"{name}-{lang}": made[lang] for name, made in in_both.items() for lang in ("en", "cy")}
    for name, made in (printed | places_printed).items():
        (tmp_path / f"{name}.pdf").write_bytes(made)
    files = sorted(tmp_path.glob("*.pdf"))
    assert len(files) == 11
    assert violations(files) == {(profile, file.name): [] for profile in PROFILES for file in files}
