"""Every part of a PDF that names an outcome has the draft mark or the sentence about the working draft."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from surveys.schema import BilingualText

from reports.page import manuscript

from app.domain.reports.report_key import ReportKey
from app.domain.themes.theme_counts import FieldThemes, ThemeCount
from app.services.reports.catalogue import build_report
from tests.support import report_clusters as clusters
from tests.support import report_cycles_by_board as boards
from tests.support import report_reviews as reviews

SENTENCE = {"en": "not the official matrix", "cy": "nid y matrics swyddogol"}
TITLES = [outcome.title for outcome in reviews.QUESTIONNAIRE.outcomes]
FOUND = ThemeCount("PCMW-01.evidence.1", BilingualText("Shared rotas", "Rotâu ar y cyd"), "PCMW-01", clusters=3)
THEMES = FieldThemes("PCMW-01", "evidence", written=9, read=7, counts=(FOUND,), quotes=())
CYCLES = boards.cycles(1, (0.8, 0.7, 0.8))


@pytest.fixture(params=["national", "board", "board-inside", "cluster", "peer", "pack"])
def printed(request, report, pack):
    """Return one document of each kind with all its parts, and how many of them name an outcome."""
    match request.param:
        case "national":
            peer = reviews.national_report(reviews.reviews_of_a_cycle()).peer
            return replace(report, themes=(THEMES,), peer=peer), 6
        case "board" | "board-inside" as kind:
            return boards.board_report(CYCLES, "7A1", inside=kind == "board-inside"), 4
        case "cluster":
            return build_report(clusters.material(1), ReportKey("cluster", clusters.OWN)), 5
        case "peer":
            return reviews.review_report(), 4
        case "pack":
            return pack, 2


@pytest.mark.parametrize("language", ["en", "cy"])
def test_each_part_that_names_an_outcome_is_marked(printed, language):
    content, fewest = printed
    body = BeautifulSoup(manuscript(content, language).html, "lxml").body
    parts = [each for each in body.find_all("section") if not each.find_parent("section")]
    naming = [each for each in parts if any(title[language] in each.get_text() for title in TITLES)]
    assert len(naming) >= fewest
    marked = [each for each in naming if each.select_one("[data-draft]") or SENTENCE[language] in each.get_text()]
    assert [each["id"] for each in naming] == [each["id"] for each in marked]
