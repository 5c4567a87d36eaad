"""A cluster answers and submits, over HTTP, without JavaScript, in both languages."""

import pytest

from app.services.cycle.commands import close_cycle
from tests.support.answered_reflection import FIRST, HOME, QUESTIONNAIRE, answer_everything
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, STAFF


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_lead_answers_everything_checks_declares_and_submits(visitor, language):
    lead = visitor(LEAD, language)
    answer_everything(lead)
    assert lead.page.path == f"/{language}{HOME}/check"
    assert "Tŷ a gŵyl 🙂 <b>" in lead.page.text
    lead.open(f"{HOME}/submit")
    done = lead.press()
    assert done.path.endswith("/submitted")
    assert "2026-NORTH-POWYS-1-" in done.text
    assert "2026-NORTH-POWYS-1-" in lead.last_letter()
    lead.open(FIRST)
    assert lead.page.path.endswith("/answers")


AGREED = {
    "en": "agreed to be compared, without names, with other clusters that agreed",
    "cy": "Cytunodd y clwstwr i gael ei gymharu, heb enwau",
}


@pytest.mark.parametrize(("language", "other"), [("en", "cy"), ("cy", "en")])
def test_agreeing_to_be_compared_is_asked_kept_over_the_languages_and_told(visitor, language, other):
    lead, staff = visitor(LEAD, language), visitor(STAFF, language)
    answer_everything(lead)
    lead.open(f"{HOME}/submit")
    assert "compares" not in lead.page.fields()
    switch = lead.page.html.select_one(".language-switch button")
    lead.press(compares="yes", switch_language=other, _to=switch["formaction"])
    assert (lead.page.language, lead.page.fields()["compares"]) == (other, ["yes"])
    switch = lead.page.html.select_one(".language-switch button")
    lead.press(switch_language=language, _to=switch["formaction"])
    assert AGREED[language] in lead.press().text
    assert AGREED[language] in " ".join(lead.last_letter().split())
    assert AGREED[language] in staff.open(f"{HOME}/answers").text
    staff.open("/cycles/2026/north-powys/reopen")
    staff.press(reason="A figure was wrong.")
    lead.open(f"{HOME}/submit")
    assert lead.page.fields()["compares"] == ["yes"]
    assert AGREED[language] not in lead.press(compares=[]).text
    assert AGREED[language] not in staff.open(f"{HOME}/answers").text


def test_what_is_missing_is_named_with_links(visitor):
    lead = visitor(LEAD)
    page = lead.open(f"{HOME}/check")
    assert page.text.count("more answers before you can submit") == 1
    assert len(page.html.select("#missing a")) == sum(item.required for item in QUESTIONNAIRE.items.values())
    lead.open(page.link("Local needs and assets"))
    assert lead.press(level="mature").path.startswith(f"/en{HOME}/check")
    assert lead.open(f"{HOME}/submit").path == f"/en{HOME}/check"


def test_a_level_is_needed_to_continue_but_not_to_leave(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    page = lead.press(evidence="Half a thought")
    assert page.errors == ["Choose a level, or “Not able to say”."]
    assert page.fields()["evidence"] == ["Half a thought"]
    lead.press(save_and_leave="1")
    assert lead.page.path == f"/en{HOME}/"
    assert lead.open(FIRST).fields()["evidence"] == ["Half a thought"]


@pytest.mark.parametrize("number", ["0", "501", "twelve", "-3", "1.5", "٣", "9" * 40])
def test_a_number_out_of_bounds_is_explained_and_kept(visitor, number):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/ABOUT-2")
    page = lead.press(number=number)
    assert page.errors == ["Enter a whole number from 1 to 500."]
    assert page.fields()["number"] == [number]


def test_who_was_present_is_carried_along_never_by_name_and_is_told_of_no_answer_that_no_discussion_agreed(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.press(level="mature", why="All agreed.", present="12 dentistry optometry")
    assert lead.open(FIRST).fields()["present"] == ["12 dentistry optometry"]
    assert "Agreed" not in lead.open(f"{HOME}/answers").text
    for tampered in ("Mair Jones", "12 Mair", "-1", "12345", "٣"):
        lead.open(FIRST)
        lead.press(why=tampered, present=tampered)
        assert lead.open(FIRST).fields()["present"] == [""]


def test_other_needs_a_word(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/FACTORS-1")
    assert lead.press(chosen=["other", "funding"]).errors == ["Say what “other” is."]
    lead.press(chosen=["other", "funding"], detail_other="Rain")
    assert lead.page.path.endswith("FACTORS-2")


def test_nothing_and_something_are_not_chosen_together(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/FACTORS-1")
    assert lead.press(chosen=["none", "funding"]).errors == ["Choose “Nothing at present” on its own, or leave it out."]


def test_an_answer_is_ranked_once(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/FACTORS-1")
    lead.press(chosen=["funding", "engagement"])
    page = lead.press(place_0="funding", place_1="funding")
    assert page.errors == ["Put each answer in one place only."]
    assert page.fields()["place_0"] == ["funding"]


def test_an_option_taken_back_after_it_was_ranked_takes_no_other_with_it(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/FACTORS-1")
    lead.press(chosen=["funding", "engagement", "bureaucracy"])
    lead.press(place_0="funding", place_1="engagement", place_2="bureaucracy")
    lead.open(f"{HOME}/questions/FACTORS-1")
    page = lead.press(chosen=["engagement", "bureaucracy"])
    assert [page.fields()[f"place_{place}"] for place in (0, 1)] == [["engagement"], ["bureaucracy"]]
    for _ in ("before", "after it was saved as it stood"):
        shown = lead.open(f"{HOME}/check").html.select_one("#FACTORS-2")
        assert [line.get_text() for line in shown.select("li")] == ["Engagement", "Bureaucracy"]
        lead.open(f"{HOME}/questions/FACTORS-2")
        lead.press()


def test_a_ranking_of_which_everything_was_taken_back_is_no_answer(visitor):
    lead = visitor(LEAD)
    lead.open(f"{HOME}/questions/FACTORS-1")
    lead.press(chosen=["funding"])
    lead.press(place_0="funding")
    lead.open(f"{HOME}/questions/FACTORS-1")
    lead.press(chosen=["engagement"])
    shown = lead.open(f"{HOME}/check").html.select_one("#FACTORS-2 .answer__content")
    assert shown.get_text(strip=True) == "No answer"


@pytest.mark.parametrize(("language", "other"), [("en", "cy"), ("cy", "en")])
def test_switching_language_keeps_what_was_typed_and_saves_nothing(visitor, language, other):
    lead = visitor(LEAD, language)
    lead.open(FIRST)
    switch = lead.page.html.select_one(".language-switch button")
    page = lead.press(level="foundation", evidence="Half-way through", switch_language=other, _to=switch["formaction"])
    assert page.language == other
    assert page.fields()["evidence"] == ["Half-way through"]
    assert page.fields()["level"] == ["foundation"]
    assert page.errors == []
    lead.press(save_and_leave="1")
    assert lead.page.language == other
    assert lead.open(FIRST).fields()["evidence"] == ["Half-way through"]


def test_two_people_who_save_the_same_answer_both_keep_their_words(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    deputy.open(FIRST)
    lead.press(level="mature", evidence="The lead's words")
    page = deputy.press(level="developing", evidence="The deputy's words", _expect=409)
    assert page.heading == "Somebody else saved this answer"
    assert "The lead's words" in page.text
    assert "Llinos Lead" in page.text
    assert page.fields()["evidence"] == ["The deputy's words"]
    switch = page.html.select_one(".language-switch button")
    page = deputy.press(switch_language="cy", _to=switch["formaction"])
    assert "The lead's words" in page.text
    assert page.fields()["evidence"] == ["The deputy's words"]
    deputy.press(evidence="The lead's words and the deputy's words")
    assert lead.open(FIRST).fields()["evidence"] == ["The lead's words and the deputy's words"]


def test_a_form_without_its_guard_is_shown_again_with_what_was_typed(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    page = lead.press(level="mature", evidence="Precious", csrf_token="forged")
    assert page.errors == [
        "This page was open for a long time. What you typed is still here: press the button once more."
    ]
    assert page.fields()["evidence"] == ["Precious"]
    lead.press()
    assert lead.open(FIRST).fields()["evidence"] == ["Precious"]


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    page = lead.press(level="mature", evidence="Typed for an hour before the session ended", _expect=401)
    assert page.heading == "Sign in again"
    assert "Typed for an hour before the session ended" in page.text
    page = lead.sign_in(LEAD)
    assert page.path == f"/en{FIRST}"
    assert page.fields()["evidence"] == ["Typed for an hour before the session ended"]
    assert "It is not saved yet" in page.text
    lead.press(save_and_leave="1")
    page = lead.open(FIRST)
    assert page.fields()["evidence"] == ["Typed for an hour before the session ended"]
    assert "It is not saved yet" not in page.text


def test_what_was_kept_goes_to_nobody_but_its_writer(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    lead.press(evidence="The lead's words", _expect=401)
    assert lead.sign_in(DEPUTY).fields()["evidence"] == [""]
    token = deputy.open(FIRST).fields()["author_token"][0]
    deputy.browser.delete_cookie("session")
    deputy.press(evidence="Under a forged name", author_token=token + "x", _expect=401)
    assert deputy.sign_in(DEPUTY).fields()["evidence"] == [""]


def test_what_was_kept_is_compared_when_somebody_saved_in_the_meantime(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    lead.press(level="mature", evidence="The lead's words", _expect=401)
    deputy.open(FIRST)
    deputy.press(level="mature", evidence="The deputy's words")
    lead.sign_in(LEAD)
    assert "The deputy's words" in lead.press(_expect=409).text
    assert lead.page.fields()["evidence"] == ["The lead's words"]


def test_staff_reopen_with_a_reason_and_the_lead_reads_it(visitor):
    lead, staff = visitor(LEAD), visitor(STAFF)
    answer_everything(lead)
    lead.open(f"{HOME}/submit")
    lead.press()
    staff.open("/cycles/2026/north-powys/reopen")
    assert staff.press().errors == ["Write the reason."]
    staff.press(reason="A figure was wrong.")
    assert "A figure was wrong." in lead.open(f"{HOME}/").text
    lead.open(FIRST)
    lead.press(level="mature")
    lead.open(f"{HOME}/submit")
    assert "2026-NORTH-POWYS-2-" in lead.press().text
    staff.open("/cycles/2026/north-powys/reopen")
    other = visitor(STAFF)
    other.open("/cycles/2026/north-powys/reopen")
    staff.press(reason="Once more.")
    page = other.press(reason="Twice, with many words.", _expect=409)
    assert page.heading == "There is nothing to reopen"
    assert "Twice, with many words." in page.text
    assert staff.open("/cycles/2026/north-powys/reopen", expect=409).heading == "There is nothing to reopen"


def test_what_can_no_longer_be_done_is_not_offered(visitor, peopled):
    lead, deputy, staff = visitor(LEAD), visitor(DEPUTY), visitor(STAFF)
    answer_everything(lead)
    lead.open(f"{HOME}/submit")
    staff.open("/cycles/2026/north-powys/reopen", expect=409)
    with peopled.app_context():
        close_cycle(2026, NOW)
    assert lead.press(_expect=409).heading == "This could not be saved"
    assert deputy.open(f"{HOME}/submit").path == f"/en{HOME}/answers"


def test_markup_that_is_typed_is_text(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.press(level="mature", evidence="<script>alert(1)</script>{{ 7*7 }}")
    page = lead.open(f"{HOME}/answers")
    assert "<script>alert(1)</script>{{ 7*7 }}" in page.text
