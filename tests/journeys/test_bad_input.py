"""What cannot be taken is told in the language of whoever sent it, and their words stay on the page."""

import pytest

from app.domain.answers import LONGEST_TEXT
from app.i18n import gettext, speaking
from app.services import cycles
from tests.conftest import NOW
from tests.journeys.conftest import LEAD, STRANGER

HOME = "/reflections/2026/north-powys"
FIRST = f"{HOME}/questions/PCMW-01"


@pytest.fixture(params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture
def says(peopled, language):
    """The words of the product in the language of the visitor."""

    def words(text: str, **given: object) -> str:
        with peopled.app_context(), speaking(language):
            return gettext(text, **given)

    return words


def test_a_level_that_does_not_exist(visitor, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    page = lead.press(level="excellent", evidence="What we see")
    assert page.errors == [says("Choose from the answers shown.")]
    assert page.fields()["evidence"] == ["What we see"]


def test_a_text_of_two_hundred_thousand_characters(visitor, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    page = lead.press(level="mature", evidence="x" * 200_000, next_step="Our next step")
    limits = {"length": "200,000", "limit": f"{LONGEST_TEXT:,}"}
    assert page.errors == [says("This text has %(length)s characters. Shorten it to %(limit)s or fewer.", **limits)]
    assert page.fields()["evidence"] == ["x" * 200_000]
    assert page.fields()["next_step"] == ["Our next step"]


def test_control_characters_emoji_and_marks_that_turn_the_direction(visitor, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    lead.press(level="mature", evidence="ŵy 🙂 \x00\x1bשלום \u202e<b>", next_step="👩\u200d⚕️")
    fields = lead.open(FIRST).fields()
    assert fields["evidence"][0].startswith("ŵy 🙂 שלום")
    assert fields["next_step"] == ["👩\u200d⚕️"]
    typed = next(each for each in lead.open(f"{HOME}/answers").html.select(".typed") if "ŵy 🙂" in each.get_text())
    assert typed["dir"] == "auto"  # what turns the direction turns its own paragraph and no more
    assert not typed.select("b")


def test_a_cycle_that_closes_while_somebody_types(visitor, peopled, says, language):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    with peopled.app_context():
        cycles.close_cycle(2026, NOW)
    page = lead.press(level="mature", evidence="Typed too late", _expect=409)
    assert page.heading == says("This could not be saved")
    assert "Typed too late" in page.text


def test_somebody_elses_section_by_its_address(visitor, says, language):
    page = visitor(STRANGER, language).open(FIRST, expect=403)
    assert page.heading == says("You do not have access to this page")


@pytest.mark.parametrize("address", ["/reflections/2026/atlantis/", f"{HOME}/questions/PCMW-99", "/nowhere"])
def test_what_does_not_exist(visitor, says, language, address):
    page = visitor(LEAD, language).open(address, expect=404)
    assert page.heading == says("Page not found")
    assert page.link(says("Start page")) == f"/{language}/"
