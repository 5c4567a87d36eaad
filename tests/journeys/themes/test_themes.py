"""Staff code the texts of clusters and approve quotes, over HTTP, in both languages."""

import pytest

from app.services.themes.progress import reported_themes
from tests.support.journey_people import LEAD, STAFF
from tests.support.reviewed_round import person
from tests.support.written_texts import ITEM, evidence, submit

HOME = "/cycles/2026/themes"
FIELD = f"{HOME}/{ITEM}/evidence"
NORTH, RHONDDA = f"{FIELD}/texts/north-powys", f"{FIELD}/texts/rhondda"
TIME = {"name_en": "Time to plan", "name_cy": "Amser i gynllunio"}
STRANGE = "Late <script>alert(1)</script> money\n\u202eשלום\u202c Tŷ 👩\u200d⚕️ and no time."
BOTH = pytest.mark.parametrize("language", ["en", "cy"])


@pytest.fixture
def submitted(peopled):
    """Submit texts of two clusters on the same outcome."""
    with peopled.app_context():
        submit("north-powys", {ITEM: evidence(STRANGE)}, person(LEAD))
        submit("rhondda", {ITEM: evidence("x" * 9_980 + " We lack time.")}, person(LEAD), "cy")
    return peopled


def coded(app):
    with app.app_context():
        return reported_themes(2026)


def ticked(page) -> list[str]:
    return [box["value"] for box in page.html.select("input[name=themes][checked]")]


def add_theme(staff, **names: str):
    staff.open(f"{FIELD}/add")
    return staff.press(**(names or TIME))


@BOTH
def test_staff_read_one_text_after_the_other_and_see_how_far_they_are(visitor, submitted, language):
    staff = visitor(STAFF, language)
    staff.open("/cycles/2026/")
    page = staff.open(staff.page.html.select_one('main a[href$="/themes/"]')["href"])
    cells = [cell.get_text() for cell in page.html.select("main tbody td")]
    assert cells == ["2", "0", "0"]
    staff.open(page.html.select_one("main tbody a")["href"])
    staff.open(staff.page.html.select_one("main a.nhsuk-button")["href"])
    assert staff.page.html.select_one("#text").get_text() == STRANGE
    assert staff.page.html.select_one("#text")["lang"] == "en"
    staff.press(add="1")
    page = staff.press(**TIME)
    assert page.path == f"/{language}{NORTH}"
    (box,) = page.html.select("input[name=themes]")
    page = staff.press(themes=box["value"])
    assert page.path == f"/{language}{RHONDDA}"
    assert page.html.select_one("#text")["lang"] == "cy"
    assert "1" in page.html.select_one(".nhsuk-caption-l").get_text()
    page = staff.press()
    assert page.path == f"/{language}{FIELD}/"
    assert not page.html.select_one('a.nhsuk-button[href*="/texts/"]')
    assert [(each.clusters, each.written, each.read) for each in coded(submitted)] == [(("north-powys",), 2, 2)]
    assert ticked(staff.open(NORTH)) == [box["value"]]


@BOTH
def test_a_passage_is_cleared_after_a_tick_and_withdrawn_after_a_question(visitor, submitted, language):
    staff = visitor(STAFF, language)
    add_theme(staff)
    staff.open(NORTH)
    box = staff.page.html.select_one("input[name=themes]")["value"]
    staff.press(themes=box, clear="1")
    passage = "\u202eשלום\u202c Tŷ 👩\u200d⚕️ and no time."
    assert staff.press(passage=passage, theme=box).errors
    page = staff.press(confirmed="yes")
    assert page.path == f"/{language}{NORTH}"
    quote = page.html.select_one("blockquote")
    assert (quote.get_text(), quote["dir"], quote["lang"]) == (passage, "auto", "en")
    assert [quote.text for each in coded(submitted) for quote in each.quotes] == [passage]
    staff.open(page.html.select_one('main a[href$="/withdraw"]')["href"])
    page = staff.press()
    assert "Sam Staff" in page.html.select_one("#quotes + ul").get_text()
    assert not page.html.select('main a[href$="/withdraw"]')
    assert [each.quotes for each in coded(submitted)] == [()]


def test_a_passage_that_names_the_cluster_or_its_people_asks_for_a_look_at_each(visitor, submitted):
    with submitted.app_context():
        submit("north-powys", {ITEM: evidence("Llinos rang us ym Mhowys on 01597 826000.")}, person(LEAD))
    staff = visitor(STAFF)
    staff.open(f"{NORTH}/quote")
    whole = {"passage": "Llinos rang us ym Mhowys on 01597 826000.", "theme": "none", "confirmed": "yes"}
    page = staff.press(**whole)
    assert page.errors
    hints = [box["value"] for box in page.html.select("input[name=reviewed_warnings]")]
    assert hints == ["county", "board", "person", "number"]
    assert staff.press(reviewed_warnings=hints[:2]).errors
    assert not coded(submitted)
    assert staff.press(passage="us ym Mhowys", reviewed_warnings=hints[:1]).errors
    assert [box["value"] for box in staff.page.html.select("input[name=reviewed_warnings]")] == ["county", "board"]
    assert not staff.press(reviewed_warnings=hints[:2]).errors
    assert [quote.text for each in coded(submitted) for quote in each.quotes] == ["us ym Mhowys"]


@pytest.mark.parametrize("passage", ["", "money tree", "lack tim", "x" * 401, "x" * 10_001])
def test_what_is_no_passage_of_the_text_is_refused_and_stays_in_its_box(visitor, submitted, passage):
    staff = visitor(STAFF)
    staff.open(f"{RHONDDA}/quote")
    page = staff.press(passage=passage, theme="none", confirmed="yes")
    assert len(page.errors) == 1
    assert page.fields()["passage"] == [passage]
    assert not coded(submitted)


@BOTH
def test_of_two_staff_the_second_sees_what_was_saved_and_keeps_their_ticks(visitor, submitted, language):
    one, other = visitor(STAFF, language), visitor(STAFF, language)
    add_theme(one)
    add_theme(one, name_en="Late money", name_cy="Arian hwyr")
    one.open(NORTH)
    time, money = (box["value"] for box in one.page.html.select("input[name=themes]"))
    other.open(NORTH)
    one.press(themes=time)
    page = other.press(themes=money, _expect=409)
    assert {"en": "Time to plan", "cy": "Amser i gynllunio"}[language] in page.html.select_one("#conflict").get_text()
    assert ticked(page) == [money]
    assert [each.theme.en for each in coded(submitted)] == ["Time to plan"]
    other.press()
    assert [each.theme.en for each in coded(submitted)] == ["Late money"]


def test_of_two_who_rename_the_second_sees_the_other_name_and_keeps_their_own(visitor, submitted):
    one, other = visitor(STAFF), visitor(STAFF)
    add_theme(one)
    for staff in (one, other):
        staff.open(FIELD + "/")
        staff.open(staff.page.link("Rename"))
    one.press(name_en="Hours")
    page = other.press(name_en="Minutes", _expect=409)
    assert "Hours" in page.text
    assert page.fields()["name_en"] == ["Minutes"]
    assert not other.press().errors
    assert "Minutes" in other.page.text


def test_both_names_are_needed_and_none_is_there_twice(visitor, submitted):
    staff = visitor(STAFF)
    assert len(add_theme(staff, name_en="Time", name_cy=" ").errors) == 1
    assert len(staff.press(name_cy="x" * 81).errors) == 1
    assert staff.press(name_cy="<b>Amser</b>\u202e").path == f"/en{FIELD}/"
    assert len(add_theme(staff, name_en="time", name_cy="Arall").errors) == 1
    assert staff.page.fields()["name_cy"] == ["Arall"]


def test_a_theme_is_retired_and_taken_up_again_with_what_was_found(visitor, submitted):
    staff = visitor(STAFF)
    add_theme(staff)
    staff.open(NORTH)
    staff.press(themes=staff.page.html.select_one("input[name=themes]")["value"])
    staff.open(f"{FIELD}/")
    staff.press_in_form("/retire")
    assert not coded(submitted)
    assert not staff.open(NORTH).html.select("input[name=themes]")
    staff.open(f"{FIELD}/")
    staff.press_in_form("/restore")
    assert [each.clusters for each in coded(submitted)] == [("north-powys",)]


def test_what_was_submitted_again_is_to_be_read_again(visitor, submitted):
    staff = visitor(STAFF)
    add_theme(staff)
    staff.open(NORTH)
    theme = staff.page.html.select_one("input[name=themes]")["value"]
    staff.press(themes=theme)
    again = visitor(STAFF)
    again.open(NORTH)
    with submitted.app_context():
        submit("north-powys", {ITEM: evidence("Other words.")}, person(LEAD))
    page = again.press(themes=theme, _expect=409)
    assert "Other words." in page.text
    assert not coded(submitted)
    page = staff.open(NORTH)
    assert "Time to plan" in page.html.select_one("#again").get_text()
    assert ticked(page) == []
    assert "1" in staff.open(f"{FIELD}/").html.select_one("#progress").get_text()
    staff.open(NORTH)
    staff.press(themes=theme)
    assert [each.clusters for each in coded(submitted)] == [("north-powys",)]


@BOTH
def test_switching_language_keeps_what_was_typed_and_ticked(visitor, submitted, language):
    staff, there = visitor(STAFF, language), {"en": "cy", "cy": "en"}[language]
    add_theme(staff)
    for address, typed in (
        (f"{FIELD}/add", {"name_en": "Data", "name_cy": "Data"}),
        (f"{NORTH}/quote", {"passage": "no time", "theme": "none", "confirmed": "yes"}),
    ):
        page = staff.open(address)
        switch = page.html.select_one(".language-switch button")
        page = staff.press(switch_language=there, _to=switch["formaction"], **typed)
        assert page.language == there
        assert not page.errors
        assert {name: page.fields()[name][0] for name in typed} == typed
    assert not coded(submitted)


@pytest.mark.parametrize(
    "address",
    [
        f"{HOME}/PCMW-99/evidence/",
        f"{HOME}/PCMW-01/level/",
        f"{HOME}/FACTORS-1/detail:none/",
        f"{FIELD}/texts/neath",
        f"{FIELD}/texts/atlantis",
        f"{FIELD}/99/rename",
        f"{HOME}/quotes/99/withdraw",
    ],
)
def test_what_is_not_there_is_a_clear_page(visitor, submitted, address):
    assert visitor(STAFF).open(address, expect=404).html.select_one("main a")


def test_the_pages_of_the_demonstration_show_its_themes(demo_app, tmp_path):
    from tests.support.visitor import Visitor

    staff = Visitor(demo_app, tmp_path)
    staff.open("/demonstration")
    staff.press(persona="sppc@example.wales")
    staff.open("/en/cycles/2024/themes/")
    page = staff.open("/en/cycles/2024/themes/FACTORS-1/detail:funding/")
    assert "Money that arrives late" in page.text
    assert len(page.html.select("blockquote")) == 6
