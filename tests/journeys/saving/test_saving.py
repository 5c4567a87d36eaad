"""Autosave, the versions of an answer and previous answers, over HTTP."""

import json
import shutil
from datetime import timedelta

import pytest

from surveys.changes import WordingStatus

from app.db import transaction
from app.services.cycle.commands import close_cycle
from app.services.cycle.queries import find_cycle
from app.services.reflection.previous_answers import previous_answers_to
from app.services.reflection.queries import answer_versions, find_reflection, load_submitted_answers
from app.services.survey.queries import questionnaire_of
from tests.support.answered_reflection import FIRST, HOME
from tests.support.application import NOW
from tests.support.journey_people import DEPUTY, LEAD, MEMBER
from tests.support.visitor import Page, Visitor


def save(visitor, **typed):
    """Send an autosave as the script of the page does."""
    fields = visitor.page.fields() | typed
    return visitor.browser.post(
        f"/en{FIRST}/autosave", data=fields, headers={"Accept": "application/json"}, follow_redirects=False
    )


def test_what_is_saved_by_itself_needs_no_level_and_is_told_with_version_and_time(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    answer = save(lead, evidence="Half a", client_id="w", sequence_no="1")
    assert (answer.status_code, answer.json) == (200, {"state": "saved", "version": 1, "at": "13:00"})
    assert save(lead, evidence="Half a thought", client_id="w", sequence_no="2").json["version"] == 2
    assert lead.open(FIRST).fields()["evidence"] == ["Half a thought"]


def test_what_a_word_processor_puts_between_words_still_stands_between_them(visitor):
    pasted, kept = "2026\x1e2027:\vfirst\u2028second\x96third", "2026-2027:\nfirst\nsecond third"
    lead = visitor(LEAD)
    lead.open(FIRST)
    assert save(lead, evidence=pasted, client_id="w", sequence_no="1").status_code == 200
    assert lead.open(FIRST).fields()["evidence"] == [kept]
    lead.open("/me")
    lead.press(name="Llinos\vLead")
    assert lead.open("/me").fields()["name"] == ["Llinos Lead"]


def test_the_page_tells_its_script_where_to_save_and_whose_words_it_keeps(visitor, peopled):
    form = visitor(LEAD).open(FIRST).html.select_one("form#typed")
    assert form["data-autosave-url"] == f"/en{FIRST}/autosave"
    assert form["data-person"].isdigit()
    assert form.has_attr("data-autosave")
    assert form.has_attr("novalidate")
    assert not form.has_attr("data-has-unsaved")


def test_the_enter_key_sends_the_form_before_it_switches_the_language(visitor):
    for path in (FIRST, "/me", "/people/add"):
        page = visitor(LEAD).open(path.replace("/people", "/clusters/north-powys/people"))
        first = page.html.select_one("button[form=typed]")
        assert not first.get("name")
        assert not first.get("formaction")


def test_both_texts_are_shown_before_anything_is_refused(visitor):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    deputy.open(FIRST)
    deputy.press(level="mature", evidence="The deputy's words")
    page = lead.press(_expect=409, evidence="The lead's words, without a level yet")
    assert "The deputy's words" in page.text
    assert page.fields()["evidence"] == ["The lead's words, without a level yet"]
    assert page.errors == []
    lead.press(level="mature")
    assert lead.open(FIRST).fields()["evidence"] == ["The lead's words, without a level yet"]


def test_what_was_typed_when_the_session_ended_is_shown_though_the_cycle_closed_meanwhile(visitor, peopled):
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    assert "What you wrote is kept" in lead.press(_expect=401, evidence="Typed too late").text
    with peopled.app_context():
        close_cycle(2026, NOW)
    lead.sign_in(LEAD)
    assert "Typed too late" in lead.open(FIRST).text


def test_a_form_that_was_opened_a_day_ago_is_shown_to_be_copied_and_not_kept(visitor, peopled):
    for waited, is_kept in ((timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)):
        peopled.config["CLOCK"] = lambda: NOW
        lead = visitor(LEAD)
        lead.open(FIRST)
        lead.browser.delete_cookie("session")
        peopled.config["CLOCK"] = lambda after=NOW + waited: after
        page = lead.press(_expect=401, evidence="Typed all night")
        assert "Typed all night" in page.text
        assert ("What you wrote is kept" in page.text) is is_kept
        assert ("Copy it if you need it" in page.text) is not is_kept


@pytest.mark.parametrize("most", [100, 0])
def test_words_are_called_kept_only_where_they_are_and_can_be_given_back(visitor, monkeypatch, most):
    monkeypatch.setattr("app.services.saving.commands.MAXIMUM_STASHED_FORMS", most)
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.browser.delete_cookie("session")
    page = lead.press(_expect=401, evidence="Once more")
    assert ("What you wrote is kept" in page.text) is (most > 0)
    lead.sign_in(LEAD)
    lead.open("/clusters/north-powys/people/add")
    lead.browser.delete_cookie("session")
    page = lead.press(_expect=401, name="Nobody Yet", email="nobody@example.wales")
    assert "Nobody Yet" in page.text
    assert "Copy it if you need it" in page.text


def test_words_that_would_go_into_a_file_that_was_replaced_are_not_called_saved_and_shown_again(visitor, tmp_path):
    lead = visitor(LEAD)
    form = lead.open(FIRST).fields() | {"level": "mature", "evidence": "What we saw"}
    shutil.copy(tmp_path / "test.db", tmp_path / "restored.db")
    (tmp_path / "restored.db").replace(tmp_path / "test.db")
    for address in (FIRST, f"{FIRST}/autosave"):
        answer = lead.browser.post(f"/en{address}", data=form)
        assert answer.status_code == 500
        assert "What we saw" in Page(answer, f"/en{address}").text
    answer = lead.browser.post(f"/en{FIRST}/autosave", data=form, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.is_json) == (500, False)


def test_a_late_echo_is_not_acknowledged_and_changes_nothing(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    save(lead, evidence="Two", client_id="w", sequence_no="2")
    late = save(lead, evidence="One", client_id="w", sequence_no="1")
    assert (late.status_code, late.json["state"]) == (409, "superseded")
    assert lead.open(FIRST).fields()["evidence"] == ["Two"]


@pytest.mark.parametrize(
    ("typed", "status", "state"),
    [
        ({"csrf_token": "forged"}, 400, "new_csrf_token"),
        ({"evidence": "x" * 10_001}, 422, "refused"),
        ({"level": "excellent"}, 422, "refused"),
    ],
)
def test_what_cannot_be_saved_is_told_to_the_script(visitor, typed, status, state):
    lead = visitor(LEAD)
    lead.open(FIRST)
    answer = save(lead, **typed)
    assert (answer.status_code, answer.json["state"]) == (status, state)


def test_a_new_guard_comes_with_the_refusal_of_an_old_one(visitor):
    lead = visitor(LEAD)
    lead.open(FIRST)
    fresh = save(lead, csrf_token="from before the key was changed").json["csrf_token"]
    assert save(lead, csrf_token=fresh, evidence="Kept").json["state"] == "saved"


def test_the_script_is_told_when_the_session_ended_somebody_else_saved_or_the_cycle_closed(visitor, peopled):
    lead, deputy = visitor(LEAD), visitor(DEPUTY)
    lead.open(FIRST)
    deputy.open(FIRST)
    save(deputy, evidence="The deputy's words")
    assert save(lead, evidence="The lead's words").json["state"] == "conflict"
    with peopled.app_context():
        close_cycle(2026, NOW)
    assert save(lead, evidence="Too late").json["state"] == "closed"
    lead.browser.delete_cookie("session")
    answer = save(lead, evidence="Signed out")
    assert (answer.status_code, answer.json["state"]) == (401, "signed_out")


def test_a_member_saves_nothing(visitor):
    lead, member = visitor(LEAD), visitor(MEMBER)
    member.page = lead.open(FIRST)
    assert save(member, evidence="Not mine to say").status_code == 403


@pytest.mark.parametrize("language", ["en", "cy"])
def test_an_old_version_is_made_the_newest_and_none_goes_away(visitor, peopled, language):
    lead, deputy = visitor(LEAD, language), visitor(DEPUTY)
    lead.open(FIRST)
    lead.press(level="mature", evidence="First words")
    deputy.open(FIRST)
    deputy.press(level="developing", evidence="Second words")
    page = lead.open(f"{FIRST}/versions")
    assert "First words" in page.text
    assert "Dewi Deputy" in page.text
    assert len(page.html.select("section.version button")) == 1
    page = lead.press(version="1")
    assert page.fields()["evidence"] == ["First words"]
    with peopled.app_context():
        kept = answer_versions(find_reflection(2026, "north-powys"), "PCMW-01")
        assert [each.content["evidence"] for each in kept] == ["First words", "Second words", "First words"]


def test_a_version_that_never_was_and_one_of_a_closed_cycle_are_clear_pages(visitor, peopled):
    lead = visitor(LEAD)
    lead.open(FIRST)
    lead.press(level="mature", evidence="First")
    lead.open(FIRST)
    lead.press(level="mature", evidence="Second", save_and_leave="1")
    lead.page = lead.open(f"{FIRST}/versions")
    token = lead.page.fields()["csrf_token"]
    assert lead.browser.post(f"/en{FIRST}/versions", data={"csrf_token": token, "version": "99"}).status_code == 404
    assert lead.browser.post(f"/en{FIRST}/versions", data={"csrf_token": token, "version": "x"}).status_code == 404
    with peopled.app_context():
        close_cycle(2026, NOW)
    assert lead.browser.post(f"/en{FIRST}/versions", data={"csrf_token": token, "version": "1"}).status_code == 409


def test_what_the_cluster_said_before_stands_beside_and_is_copied_only_when_asked(demo_app, tmp_path):
    with demo_app.app_context():
        reflection = find_reflection(2024, "north-powys")
        assert reflection.latest, "the demonstration has no earlier answers of North Powys"
        said = load_submitted_answers([reflection.latest])[reflection.id]["ACD-7"].content
    lead = Visitor(demo_app, tmp_path)
    lead.open("/demonstration")
    lead.press(persona="lead.north-powys@example.wales")
    page = lead.open(f"{HOME}/questions/ACD-7")
    assert "In 2024 you said you would:" in page.text
    assert said["next_step"] in page.text
    assert "the wording has changed" not in page.text
    assert page.fields()["next_step"] == [""]
    page = lead.press(copy_previous="1", next_step="Mine first.")
    assert page.fields()["next_step"] == [f"Mine first.\n\n{said['next_step']}"]
    assert "level" not in page.fields()
    assert lead.open(f"{HOME}/questions/ACD-7").fields()["next_step"] == [""]


def test_a_changed_wording_is_marked(demo_app, tmp_path):
    ask_otherwise_in_2024(demo_app, "ACD-7")
    with demo_app.app_context():
        now = find_reflection(2026, "north-powys")
        items = questionnaire_of(now.cycle).items
        assert [each.wording for each in previous_answers_to(now, items["ACD-7"])] == [WordingStatus.REWORDED]
        assert [each.wording for each in previous_answers_to(now, items["ACD-6"])] == [WordingStatus.SAME]
    lead = Visitor(demo_app, tmp_path)
    lead.open("/demonstration")
    lead.press(persona="lead.north-powys@example.wales")
    said = {"en": "the wording has changed since", "cy": "mae'r geiriad wedi newid ers hynny"}
    for language, words in said.items():
        lead.language = language
        assert words in lead.open(f"{HOME}/questions/ACD-7").text
        assert words not in lead.open(f"{HOME}/questions/ACD-6").text


def ask_otherwise_in_2024(app, code):
    """Change the statement of an outcome in the frozen wording of 2024."""
    with app.app_context(), transaction():
        frozen = next(each for each in find_cycle(2024).surveys if each.slug == code.split("-")[0].lower())
        survey = json.loads(frozen.content)
        outcome = next(each for each in survey["outcomes"] if each["code"] == code)
        outcome["statement"] = {"en": "Other words.", "cy": "Geiriau eraill."}
        frozen.content, frozen.content_hash = json.dumps(survey), "0" * 64
