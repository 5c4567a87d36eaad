"""The workshop pack: every outcome with its whole wording on a page of its own, tagged, in both languages."""

import re
from dataclasses import replace
from io import BytesIO

import page as page_validation
import pytest
from pypdf import PdfReader

from surveys.changes import WordingStatus
from surveys.schema import BilingualText

from reports.page import manuscript
from reports.pdf.process import render_in_process
from reports.workshop_pack.report import PreviousOutcome

from app.domain.reports.discussion_questions import truncate_to_line
from app.services.reflection.previous_answers import PreviousAnswer
from app.services.workshop.pack import PROMISE, _last_time
from tests.support.pdf_reading import text_of_pages

WRITE = {"en": "What is the next step?", "cy": "Beth yw'r cam nesaf?"}
UNABLE = {"en": "Not able to say", "cy": "Methu dweud"}
DRAFT = {"en": "Working draft, not the official matrix", "cy": "Drafft gwaith, nid y matrics swyddogol"}


def words(text: str) -> str:
    """Return the letters of a text without white space and hyphens, which depend on line breaks."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@pytest.fixture(scope="module", params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def pages(packs_printed, language) -> list[str]:
    return text_of_pages(packs_printed[language])


def page_of(pages, outcome, language) -> list[str]:
    return [page for page in pages if words(outcome.statement[language]) in words(page)]


def test_each_outcome_has_one_page_with_everything_to_discuss_it(pack, pages, language):
    for outcome in pack.questionnaire.outcomes:
        [page] = page_of(pages, outcome, language)
        told = [
            outcome.title,
            *outcome.descriptors.values(),
            *outcome.prompts,
            *outcome.evidence,
            *pack.levels.values(),
        ]
        for text in told:
            assert words(text[language]) in words(page), text
        assert words(UNABLE[language]) in words(page)
        assert words(WRITE[language]) in words(page)
        assert words(DRAFT[language]) in words(page)


def test_nothing_of_an_outcome_runs_over_to_another_page(pack, pages, language):
    matrices = len(pack.surveys)
    others = {"en": "The other questions", "cy": "Y cwestiynau eraill"}[language]
    last = next(number for number, page in enumerate(pages) if page.lstrip().startswith(others))
    assert last == 2 + matrices + len(pack.questionnaire.outcomes)


def test_every_other_question_is_there_with_its_options(pack, pages, language):
    printed = words(" ".join(pages))
    for survey in pack.others:
        for question in survey.questions:
            for text in (question.title, *(option.label for option in question.options)):
                assert words(text[language]) in printed, text


def test_the_cover_names_the_cluster_and_marks_draft_and_invented_data(pack, pages, language):
    cover = words(pages[0])
    marks = {"en": ["not the official matrix", "Invented data"], "cy": ["nid y matrics swyddogol"]}[language]
    assert words(pack.cluster[language]) in cover
    assert all(words(mark) in cover for mark in marks)


def test_no_page_holds_a_line_alone(pages):
    assert min(len(page.split()) for page in pages) > 15


def test_it_conforms_to_pdf_ua_and_says_its_language(packs_printed, language):
    made = packs_printed[language]
    verdict = page_validation.validate_pdf_bytes(made, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
    assert PdfReader(BytesIO(made)).trailer["/Root"]["/Lang"] == language


def test_the_same_pack_makes_the_same_bytes(pack, packs_printed):
    assert render_in_process(manuscript(pack, "cy")) == packs_printed["cy"]


def test_what_was_said_before_fits_on_the_page_of_its_outcome_however_long_it_was(pack, packs_printed, language):
    promise = truncate_to_line("Cytuno yng nghyfarfod nesaf y clwstwr pwy sy'n arwain ar hyn. " * 40, PROMISE)
    before = PreviousOutcome(2024, pack.levels["developing"], is_reworded=True, promise=promise, language="cy")
    named = BilingualText("Bay & “Vale”", "Bae & “Bro”")
    full = replace(pack, cluster=named, last_time={outcome.code: before for outcome in pack.questionnaire.outcomes})
    pages = text_of_pages(render_in_process(manuscript(full, language)))
    assert len(pages) == len(text_of_pages(packs_printed[language]))
    for outcome in pack.questionnaire.outcomes:
        [page] = page_of(pages, outcome, language)
        assert words({"en": "In 2024: Developing", "cy": "Yn 2024: Datblygu"}[language]) in words(page)
        assert words(WRITE[language]) in words(page)
        assert "…" in page
        assert f"{named[language]} · " in page


@pytest.mark.parametrize(
    ("typed", "stands"), [("x" * 3000, "x" * 199 + "…"), ("Agree who\nleads.", "Agree who leads.")]
)
def test_a_next_step_stands_on_the_page_in_its_own_language_even_if_it_is_one_long_word(pack, typed, stands):
    outcome = pack.questionnaire.outcomes[0]
    said = {"level": "mature", "next_step": typed}
    before = _last_time(PreviousAnswer(2024, said, WordingStatus.SAME, pack.questionnaire, outcome, "cy"))
    html = manuscript(replace(pack, last_time={outcome.code: before}), "en").html
    assert f'<span dir="auto" lang="cy">{stands}</span>' in html
