"""Once the official wording is imported from workbooks, no page or report calls it a draft."""

import pytest

from surveys.loader import load_questionnaire, load_survey

from app.services.people.queries import find_staff
from app.services.survey.commands import import_wording
from app.services.survey.workbook.writer import write_wording_workbook
from tests.support import written_texts as written
from tests.support.journey_people import LEAD, STAFF
from tests.support.visitor import Page
from tests.support.wording_workbooks import OFFICIAL, RAISED, all_of, definitions
from tests.support.workbooks import edited

HOME = "/reflections/2026/north-powys"
REPORT = "/reports/2026/draft/cluster/north-powys"


def retitled(book) -> None:
    """Change the titles in a workbook to ones that no draft had."""
    for row in book.worksheets[1].iter_rows(min_row=3):
        row[1].value, row[2].value = f"Outcome {row[0].value}", f"Canlyniad {row[0].value}"


@pytest.fixture
def official(product, tmp_path, monkeypatch) -> None:
    """Make both surveys of outcomes official before the cycle opens."""
    folder = definitions(tmp_path / "definitions")
    change = all_of(RAISED, *OFFICIAL, retitled)
    with product.app_context():
        for slug in ("pcmw", "acd"):
            import_wording(edited(write_wording_workbook(load_survey(folder / f"{slug}.yaml")), change), folder)
    monkeypatch.setattr("app.services.cycle.commands.current_questionnaire", lambda: load_questionnaire(folder))


@pytest.fixture
def pages(peopled, visitor):
    """Return the page of an outcome, and the report of the cluster after it has submitted."""

    def opened(language: str) -> list[Page]:
        asked = visitor(LEAD, language).open(f"{HOME}/questions/ACD-1")
        with peopled.app_context():
            written.submit("north-powys", {"ACD-1": written.evidence("Minutes.")}, find_staff(STAFF), language)
        return [asked, visitor(STAFF, language).open(REPORT)]

    return opened


@pytest.mark.parametrize(("language", "title"), [("en", "Outcome ACD-1"), ("cy", "Canlyniad ACD-1")])
def test_official_wording_stands_on_page_and_report_without_the_mark_of_a_draft(official, pages, language, title):
    for page in pages(language):
        assert title in page.text
        assert not page.html.select("[data-draft]")
        assert not any(words in page.text for words in ("not the official matrix", "nid y matrics swyddogol"))


def test_the_same_pages_bear_the_mark_without_it(pages):
    assert all(page.html.select("[data-draft]") for page in pages("en"))
