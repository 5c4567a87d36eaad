"""Staff publish and correct reports over HTTP; everyone reads published reports in the language they chose."""

import json

import pytest
from sqlalchemy import select

from app.db import session
from app.i18n import day, gettext, speaking
from app.models import Person
from app.services.cycle.commands import reschedule_cycle
from app.services.reports.formats import FORMATS
from tests.support.application import OVER
from tests.support.corrected_answers import MANY, change_levels, publish_later
from tests.support.visitor import Visitor

OTHER = {"en": "cy", "cy": "en"}
WORDS = {
    "en": "A late one & <script>alert(1)</script> <b>bold</b> \u202egnihtemos",
    "cy": "Un hwyr & <script>alert(2)</script> <b>tŷ</b> \u202egnihtemos",
}
TYPED = {f"correction_{language}": words for language, words in WORDS.items()}


@pytest.fixture(params=["en", "cy"])
def language(request) -> str:
    return request.param


@pytest.fixture
def demo_app(demo_app):
    """Return the demonstration, with the clock after its present cycle."""
    demo_app.config["CLOCK"] = lambda: OVER
    return demo_app


@pytest.fixture
def staff(demo_app, tmp_path, language) -> Visitor:
    visitor = Visitor(demo_app, tmp_path / "letters", language)
    visitor.sign_in("staff@example.wales")
    return visitor


@pytest.fixture
def anyone(demo_app, tmp_path, language) -> Visitor:
    return Visitor(demo_app, tmp_path / "letters", language)


@pytest.fixture
def says(demo_app, language):
    """Return a function that translates a text of the product into the visitor's language."""

    def words(text: str, **given: object) -> str:
        with demo_app.app_context(), speaking(language):
            return gettext(text, **given)

    return words


def publish_first(staff: Visitor) -> None:
    staff.open("/cycles/2026/reports/publish")
    staff.press()


def test_staff_publish_what_they_looked_at_and_everyone_reads_it(staff, anyone, says, language):
    anyone.open("/reports/2026/1/", 404)
    drafts = staff.open("/cycles/2026/reports/")
    assert drafts.heading == says("Reports for %(year)s", year=2026)
    draft = staff.open(drafts.link(says("Wales")))
    assert says("Not published: figures can still change.") in draft.text
    staff.open(drafts.link(says("Publish the reports")))
    contents = staff.press()
    assert contents.path == f"/{language}/reports/2026/1/"
    assert says("Published by %(name)s.", name="Steffan Staff") in contents.text

    listed = anyone.open("/reports/")
    assert len(listed.html.select("main h2")) == 2
    contents = anyone.open(listed.html.select_one("main h2 a")["href"])
    assert contents.heading == says("Published reports for %(year)s", year=2026)
    assert "Steffan Staff" not in contents.text
    national = anyone.open(contents.link(says("Wales")))
    assert national.path == f"/{language}/reports/2026/1/national/wales"
    assert says("Not published: figures can still change.") not in national.text
    for face in ("csv", "xlsx", "json"):
        answer = anyone.browser.get(f"{national.path}.{face}")
        assert (answer.status_code, answer.content_type) == (200, FORMATS[face])
        assert f'filename="national-2026-v1-{language}.{face}"' in answer.headers["Content-Disposition"]


def test_while_clusters_can_answer_no_page_publishes_and_each_says_until_when(staff, anyone, demo_app, says):
    staff.open("/cycles/2026/reports/publish")  # the page is open while staff extend the cycle
    with demo_app.app_context():
        reschedule_cycle(2026, OVER.date())
        with speaking(staff.language):
            until = day(OVER.date())
    refused = staff.press(_expect=409)
    sentence = (
        "Nothing was published: the cycle is not over yet. Publish when its last day has passed, or close it first."
    )
    assert says(sentence) in refused.html.select_one("main [role=alert]").get_text()
    for page in (refused, staff.open("/cycles/2026/reports/publish"), staff.open("/cycles/2026/reports/")):
        assert until in page.text
        assert not page.html.select("main button:not([name=switch_language]):not(.nhsuk-u-visually-hidden)")
        assert not page.html.select('main a[href$="/publish"]')
    anyone.open("/reports/2026/1/", 404)


def test_a_correction_needs_its_words_in_both_languages_and_loses_none_of_them(staff, demo_app, language):
    publish_first(staff)
    with demo_app.app_context():
        change_levels(MANY)
    staff.open("/cycles/2026/reports/publish")
    missing = f"correction_{OTHER[language]}"
    refused = staff.press(**TYPED | {missing: " "})
    assert len(refused.errors) == 1
    assert refused.html.select_one(f".nhsuk-error-summary a[href='#{missing}']")
    assert refused.fields()[f"correction_{language}"] == [WORDS[language]]

    switch = staff.page.html.select_one("button[name=switch_language]")
    turned = staff.press(_to=switch["formaction"], switch_language=switch["value"], **TYPED)
    assert turned.language == OTHER[language]
    assert {name: turned.fields()[name] for name in TYPED} == {name: [words] for name, words in TYPED.items()}
    assert not turned.errors
    staff.open("/reports/2026/2/", 404)


def test_clusters_of_which_a_reader_could_tell_are_asked_before_a_first_version_too(staff, demo_app, says):
    with demo_app.app_context():
        publish_later(session.scalars(select(Person).filter_by(email="staff@example.wales")).one())
        change_levels(1)
    staff.open("/cycles/2026/reports/publish")
    refused = staff.press()
    ask = "Ask the clusters first, or wait until more clusters have changed their answers."
    assert says(ask) in refused.html.select_one(".nhsuk-error-summary").get_text()
    assert staff.press(known="agreed").path.endswith("/reports/2026/1/")


def test_what_changed_in_the_meantime_is_looked_at_again_with_the_words_kept(staff, demo_app, says):
    publish_first(staff)
    with demo_app.app_context():
        change_levels(MANY)
    looked_at = staff.open("/cycles/2026/reports/publish").fields()["base_version"]
    with demo_app.app_context():
        change_levels(1)
    refused = staff.press(**TYPED, _expect=409)
    sentence = (
        "Nothing was published: answers changed since you looked at the drafts. Look at them again, then publish."
    )
    assert says(sentence) in refused.html.select_one("main [role=alert]").get_text()
    assert {name: refused.fields()[name] for name in TYPED} == {name: [words] for name, words in TYPED.items()}
    assert refused.fields()["base_version"] != looked_at
    assert staff.press().path.endswith("/reports/2026/2/")


def test_an_old_version_stays_as_it_was_and_leads_to_the_newest(staff, anyone, demo_app, says, language):
    publish_first(staff)
    first = f"/{language}/reports/2026/1/national/wales"
    before = {face: anyone.browser.get(f"{first}.{face}").data for face in ("csv", "json", "xlsx")}
    body = anyone.open(first).html.select_one(".report")
    with demo_app.app_context():
        change_levels(MANY)
    staff.open("/cycles/2026/reports/publish")
    staff.press(**TYPED)

    old = anyone.open(first)
    assert old.html.select_one(".report") == body
    assert {face: anyone.browser.get(f"{first}.{face}").data for face in before} == before
    assert says("This is an older version. It can still be read as it was.") in old.text
    newest = anyone.open(old.link(says("Version %(number)s is the newest", number=2)))
    assert newest.path == f"/{language}/reports/2026/2/national/wales"
    assert says("This is an older version. It can still be read as it was.") not in newest.text
    for page in (newest, anyone.open("/reports/2026/2/"), staff.open("/cycles/2026/reports/")):
        assert any(WORDS[language] == each.get_text() for each in page.html.select("main bdi")), page.path
        assert not page.html.select("main script, main b")
    data = json.loads(anyone.browser.get(f"{newest.path}.json").data)
    assert WORDS[language] in json.dumps(data, ensure_ascii=False)
