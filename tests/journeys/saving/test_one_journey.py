"""Every page that saves over a version follows the rules of the saving journey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.services.cycle.commands import close_cycle
from tests.support import reviewed_round
from tests.support.answered_reflection import FIRST, HOME
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, MEMBER, STAFF
from tests.support.reviewed_round import HOST, REVIEWER, SECOND, person
from tests.support.written_texts import ITEM, evidence, submit

THEMES = f"/cycles/2026/themes/{ITEM}/evidence"
DAY = ["3", "6", "2026"]


@dataclass(frozen=True)
class SavedPage:
    """A page, two people who open it, what one saves, and what the other types, which cannot be saved unchanged."""

    address: str
    one: str
    other: str
    saved: Mapping[str, Any]
    typed: Mapping[str, Any]
    #: The text of the first person that the second is shown.
    shown: str = "Saved first"
    needs: frozenset[str] = field(default_factory=frozenset)


PAGES = {
    "answer": SavedPage(
        FIRST, LEAD, DEPUTY, {"level": "mature", "evidence": "Saved first"}, {"evidence": "Typed without a level"}
    ),
    "private rating": SavedPage(
        f"{HOME}/views/{ITEM}",
        MEMBER,
        MEMBER,
        {"level": "mature", "note": "Saved first"},
        {"note": "Typed without a level"},
    ),
    "finding": SavedPage(
        f"/reviews/2026/north-powys/outcomes/{ITEM}",
        REVIEWER,
        SECOND,
        {"level": "mature", "heard": "Saved first"},
        {"suggestion": "Typed without a level"},
        needs=frozenset({"reviews"}),
    ),
    "meeting": SavedPage(
        "/reviews/2026/north-powys/meeting",
        REVIEWER,
        HOST,
        {"day": DAY, "place": "Saved first"},
        {"place": "Typed without a day"},
        needs=frozenset({"reviews"}),
    ),
    "theme": SavedPage(
        f"{THEMES}/1/rename",
        STAFF,
        STAFF,
        {"name_en": "Saved first", "name_cy": "Cadwyd"},
        {"name_en": "Typed in one language", "name_cy": ""},
        needs=frozenset({"texts"}),
    ),
    "coding": SavedPage(
        f"{THEMES}/texts/north-powys",
        STAFF,
        STAFF,
        {"themes": "1"},
        {"themes": "2", "csrf_token": "expired"},
        shown="Time",
        needs=frozenset({"texts"}),
    ),
}


@pytest.fixture(params=PAGES.values(), ids=PAGES)
def page(request, peopled, visitor):
    found: SavedPage = request.param
    with peopled.app_context():
        if "reviews" in found.needs:
            reviewed_round.invite()
            reviewed_round.submit_all()
            reviewed_round.publish()
        if "texts" in found.needs:
            submit("north-powys", {ITEM: evidence("We lack time and data.")}, person(LEAD))
    if "texts" in found.needs:
        staff = visitor(STAFF)
        for name in ("Time", "Data"):
            staff.open(f"{THEMES}/add")
            staff.press(name_en=name, name_cy=f"{name} (cy)")
    return found


def typed_in(shown, page: SavedPage) -> bool:
    fields = {name: (value if len(value) > 1 else value[0]) for name, value in shown.fields().items() if value}
    return all(fields.get(name, "") == words for name, words in page.typed.items() if name != "csrf_token")


def test_what_somebody_else_saved_is_shown_before_anything_is_refused_also_in_the_other_language(page, visitor):
    one, other = visitor(page.one), visitor(page.other)
    one.open(page.address)
    other.open(page.address)
    one.press(**page.saved)
    shown = other.press(**page.typed, _expect=409)
    for _turn in range(2):
        assert page.shown in shown.text
        assert shown.errors == []
        assert typed_in(shown, page)
        switch = shown.html.select_one("[formaction]")
        shown = other.press(switch_language=switch["value"], _to=switch["formaction"])


@pytest.mark.parametrize("page", [PAGES["meeting"], PAGES["theme"]], indirect=True, ids=["meeting", "theme"])
@pytest.mark.parametrize("sent", [{}, {"save_and_leave": "1"}, {"resolve_conflict": "1"}], ids=str)
def test_what_must_be_complete_is_asked_for_also_after_a_conflict_and_whatever_is_sent(page, visitor, sent):
    one, other = visitor(page.one), visitor(page.other)
    one.open(page.address)
    other.open(page.address)
    one.press(**page.saved)
    other.press(**page.typed, _expect=409)
    shown = other.press(**sent)
    assert shown.errors
    assert typed_in(shown, page)
    assert page.shown in one.open(page.address).html.select_one("main").decode()


WITH_TEXT = [name for name in PAGES if name != "coding"]  # ticks alone are not stashed


@pytest.mark.parametrize("page", [PAGES[name] for name in WITH_TEXT], indirect=True, ids=WITH_TEXT)
def test_what_was_typed_when_the_session_had_ended_is_given_back(page, visitor):
    other = visitor(page.other)
    other.open(page.address)
    other.browser.delete_cookie("session")
    assert "What you wrote is kept" in other.press(**page.typed, _expect=401).text
    other.sign_in(page.other)
    assert typed_in(other.open(page.address), page)
    assert "when your session had ended" in other.page.text


@pytest.mark.parametrize("page", [PAGES["answer"], PAGES["private rating"]], indirect=True, ids=["answer", "rating"])
def test_what_can_be_saved_no_more_is_shown_though_it_could_not_be_saved_as_it_is(page, visitor, peopled):
    other = visitor(page.other)
    other.open(page.address)
    with peopled.app_context():
        close_cycle(2026, NOW)
    shown = other.press(**page.typed, _expect=409)
    assert "Typed without a level" in shown.text
    assert not shown.html.select("form#typed")
