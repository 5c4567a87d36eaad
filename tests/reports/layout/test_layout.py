"""The layout of PDFs: no heading at the foot of a page, no split row, no widow or orphan line, no overflow."""

from dataclasses import replace

import pytest

from reports.page import manuscript
from reports.pdf.process import PdfInput, render_in_process

from tests.support.pdf_layout import faults
from tests.support.report_reviews import LONG_TEXT, review_report

WORDS = "Cytunwyd yn y cyfarfod bod cydweithio'n gwella ar draws y clwstwr. "
LETTERS = "cyfrwngddarostyngedigaetholdeb" * 3
"""A word of more than 80 letters without a hyphenation point."""


@pytest.fixture(params=["en", "cy"])
def language(request) -> str:
    return request.param


def stressed_review(count: int = 8):
    """Return a review of `count` outcomes with answers of different lengths, so that pages break at many places."""
    [finding, *_others] = review_report().findings
    findings = []
    for n in range(count):
        own = replace(finding.own, evidence=WORDS * (3 * n), next_step=LETTERS)
        peer = replace(finding.peer, heard=WORDS * (2 * n + 1), suggestion=LONG_TEXT if n == 4 else WORDS * 30)
        reply = replace(finding.reply, text=f"{WORDS * n}\n\n\nDiwedd.")
        findings.append(replace(finding, own=own, peer=peer, reply=reply))
    return review_report(findings=tuple(findings))


def test_nothing_printed_is_ill_laid_out(pdfs, packs_printed, reviews_printed, language):
    for printed in (pdfs, packs_printed, reviews_printed):
        assert faults(printed[language]) == []


def test_nor_is_a_review_with_the_longest_answers_and_words(language):
    assert faults(render_in_process(manuscript(stressed_review(), language))) == []


STYLE = "@page { size: A4; margin: 18mm } body { font: 12pt/20pt 'DejaVu Sans'; margin: 0 }"
FILLED = "<div style='height: {height}mm'><p>a</p><p>b</p><p>c</p></div>"
TABLE = "<table><tr><td>{cell}</td></tr></table>"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            FILLED.format(height=235) + "<h2 style='break-after: page'>Next</h2><p>x<br>x<br>x</p>",
            ["“Next” announces"],
        ),
        (FILLED.format(height=250) + "<p>x</p><p>x</p>", ["2 lines stand alone"]),
        (FILLED.format(height=230) + TABLE.format(cell="a<br>" * 9), ["a row goes on overleaf"]),
        (f"<p>a<br>b<br>{'x' * 99}</p>", ["runs over the margin"]),
        ("<p>a<br>b</p><p style='position: relative; top: 250mm'>x</p>", ["over the foot"]),
        (f"<p>a<br>b</p><div style='width: 20mm; float: left'>{'x' * 12}</div>{'y' * 12}", ["over one another"]),
        ("<p>a<br>b<br>c</p>", []),
    ],
)
def test_each_fault_is_found_where_there_is_one(body, told):
    html = f"<html lang='en'><title>x</title><style>{STYLE}</style><p>Cover</p><div style='break-before: page'>{body}"
    found = faults(render_in_process(PdfInput(html)))
    assert len(found) == len(told)
    assert all(part in found[0] for part in told)
