"""Peer review in the national report: its figures equal a recount; figures on few reviews are hidden."""

from io import BytesIO
from math import atanh, tanh

import numpy as np
import page as page_validation
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from scipy import stats

from surveys.schema import LEVELS, UNABLE

from reports.page import manuscript

from tests.support.pdf_reading import text_of_pages
from tests.support.pdf_tags import tags
from tests.support.report_reviews import LEVELS_GIVEN, national_report, reviews_of_a_cycle

#: For each review the pairs of own and peers' level, 0 to 2.
PAIRS = [[tuple(map(LEVELS.index, pair)) for pair in review if UNABLE not in pair] for review in LEVELS_GIVEN]


@pytest.fixture(scope="module", params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def printed(language, print_once) -> bytes:
    return print_once(manuscript(national_report(reviews_of_a_cycle()), language))


def section(report, language: str) -> BeautifulSoup:
    return BeautifulSoup(manuscript(report, language).html, "lxml").find(id="peer-review")


def words(section) -> str:
    return " ".join(section.get_text(" ").split())


def kappa(pairs) -> float:
    """Return quadratic-weighted kappa, computed as Lin's concordance with numpy."""
    own, peer = np.array(pairs).T
    (own_variance, together), (_together, peer_variance) = np.cov(own, peer, bias=True)
    return 2 * together / (own_variance + peer_variance + (own.mean() - peer.mean()) ** 2)


def row(reviews) -> list[int]:
    steps = [peer - own for review in reviews for own, peer in review]
    apart = [sum(abs(step) == distance for step in steps) for distance in (0, 1, 2)]
    return [*apart, sum(step > 0 for step in steps), sum(step < 0 for step in steps)]


def test_the_counts_in_the_pdf_equal_a_recount(printed, language):
    text = " ".join(" ".join(text_of_pages(printed)).split())
    unable = sum(UNABLE in pair for review in LEVELS_GIVEN for pair in review)
    everything = {"en": "All outcomes", "cy": "Pob canlyniad"}[language]
    assert " ".join(map(str, [everything, 21, *row(PAIRS), unable])) in text
    for sets, looked_at in ((slice(0, 2), 14), (slice(2, 3), 7)):
        of_set = [[tuple(map(LEVELS.index, p)) for p in review[sets] if UNABLE not in p] for review in LEVELS_GIVEN]
        silent = sum(UNABLE in pair for review in LEVELS_GIVEN for pair in review[sets])
        assert " ".join(map(str, [looked_at, *row(of_set), silent])) in text


def test_the_interval_in_words_equals_a_second_computation(language):
    everything = [pair for review in PAIRS for pair in review]
    left_out = [atanh(kappa([p for other in PAIRS if other is not review for p in other])) for review in PAIRS]
    scale = stats.t.interval(0.95, len(PAIRS) - 1, atanh(kappa(everything)), (len(PAIRS) - 1) * stats.sem(left_out))
    told = [f"{number:.2f}".replace("-", "−") for number in (kappa(everything), *map(tanh, scale))]
    found = words(section(national_report(reviews_of_a_cycle()), language))
    between = {"en": "from {} to {}", "cy": "o {} i {}"}[language]
    assert told[0] in found
    assert between.format(*told[1:]) in found
    assert {"en": "pairs: 19, reviews: 7", "cy": "parau: 19, adolygiadau: 7"}[language] in found


def test_fewer_reviews_than_the_minimum_have_no_figures_but_may_share_their_good_practice(language):
    few = section(national_report(reviews_of_a_cycle(returned=4)), language)
    assert few.find("table") is None
    assert "kappa" not in words(few)
    assert "5" in words(few)
    assert len(few.select(".practice")) == 4


def test_a_cycle_without_peer_review_says_so_in_one_sentence(language):
    none = section(national_report(()), language)
    assert none.find("table") is None
    assert len(none.find_all("p")) == 1


def test_good_practice_stands_under_its_outcome_in_the_language_it_was_written_in(printed, language):
    part = section(national_report(reviews_of_a_cycle()), language)
    assert [typed["lang"] for typed in part.select(".practice .typed")] == ["cy"] * 7
    assert len(part.find_all("h4")) == 7
    assert sum(tag.get("/Lang") == "cy" for tag in tags(PdfReader(BytesIO(printed)))) >= 7


def test_the_summary_with_peer_review_conforms_to_pdf_ua(printed):
    verdict = page_validation.validate_pdf_bytes(printed, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant, verdict
