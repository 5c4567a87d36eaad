"""Whatever somebody does in the browser while typing, acknowledged text is saved and other text is still offered."""

import os
import random
import re
import signal
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app import create_app
from app.services.demo.commands import answer_reflection
from app.services.reflection.queries import find_reflection, load_reflection
from tests.support.application import settings
from tests.support.browser_people import DEPUTY, LEAD, LEAVE, ONLY_BUTTON, SAVE, be, press
from tests.support.browser_writing import (
    DROP,
    OFFER,
    SWITCH,
    TAKE,
    Writer,
    clean,
    ends_session,
    signs_in_again,
    texts,
    versions,
)
from tests.support.chromium import CHROMIUM, FLAGS

AUTOSAVE = "**/autosave"
ARRIVES = 20_000
"""Milliseconds to wait for a page after two clicks; the second can cancel the navigation of the first."""

PHONE, DESKTOP = ("en", 390), ("cy", 1280)
WAYS = pytest.mark.parametrize(("language", "width"), [PHONE, DESKTOP])
ON_A_PHONE = pytest.mark.parametrize(("language", "width"), [PHONE])
ON_A_DESKTOP = pytest.mark.parametrize(("language", "width"), [DESKTOP])


@pytest.fixture(scope="module")
def server(served, todays_database):
    """One database for all tests here: each writes to another outcome."""
    served.begin_anew(todays_database)
    return served


def test_words_typed_while_a_save_is_on_its_way_follow_without_another_key(server, open_page):
    writer = Writer(open_page(), server, "ACD-1")
    held = []
    writer.page.route(AUTOSAVE, lambda route: route.continue_() if held else held.append(route))
    writer.write("First. ")
    writer.page.wait_for_event("request", lambda request: "autosave" in request.url)
    writer.write("Second.")
    held[0].continue_()
    writer.is_saved()
    writer.loses_nothing()


def test_words_typed_before_the_script_has_come_are_saved(server, open_page):
    page, held = open_page(width=390), []
    writer = Writer(page, server, "ACD-1")
    page.route("**/autosave.js", lambda route: route.continue_() if held else held.append(route))
    page.goto(writer.address, wait_until="commit")
    page.wait_for_selector("#next_step")
    page.fill("#next_step", "Typed on a slow line.")
    held[0].continue_()
    writer.is_told("saved")
    assert versions(server, "ACD-1")[-1]["next_step"] == "Typed on a slow line."


@pytest.mark.parametrize("button", [SAVE, LEAVE])
def test_a_double_press_saves_once(server, open_page, button):
    writer = Writer(open_page(), server, "ACD-2")
    before = len(versions(server, "ACD-2"))
    writer.page.check('input[value="mature"]', force=True)
    writer.write(f"Pressed twice: {button}.")
    writer.page.dblclick(button)
    expect(writer.page).not_to_have_url(re.compile("ACD-2"), timeout=ARRIVES)
    assert len(versions(server, "ACD-2")) == before + 1


def test_a_button_works_when_everything_is_saved_already(server, open_page):
    writer = Writer(open_page(), server, "ACD-2")
    writer.page.check('input[value="developing"]', force=True)
    writer.write("All saved.")
    writer.is_saved()
    press(writer.page, SAVE)
    assert writer.page.url.endswith("ACD-3")


def test_the_enter_key_saves_and_does_not_switch_the_language(server, open_page):
    writer = Writer(open_page(), server, "ABOUT-2", box="#number")
    writer.page.fill("#number", "17")
    with writer.page.expect_navigation():
        writer.page.press("#number", "Enter")
    assert writer.page.url.endswith("/en/reflections/2026/north-powys/questions/ABOUT-3")
    assert versions(server, "ABOUT-2")[-1] == {"number": 17}


@WAYS
def test_words_typed_after_the_session_ended_are_there_after_signing_in_again(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "PCMW-01", language)
    writer.write("In time. ")
    writer.is_saved()
    ends_session(writer)
    writer.write("Too late, \u201cgŵyl\u201d & <b>tŷ</b>. ")
    writer.is_told("signed-out")
    writer.loses_nothing()
    press(writer.page, SAVE)
    assert "Too late" in writer.page.inner_text("main")
    signs_in_again(writer, language)
    assert writer.page.input_value("#evidence").strip() == writer.typed.strip()
    writer.is_saved()
    assert not writer.page.is_visible(OFFER)
    writer.loses_nothing()
    writer.is_offered_nothing()
    with sqlite3.connect(server.folder / "test.db") as connection:
        assert connection.execute("SELECT count(*) FROM stashed_forms WHERE page LIKE '%PCMW-01'").fetchone() == (0,)
    connection.close()


def test_signed_in_again_in_another_window_the_page_goes_on_by_itself(server, open_page):
    writer = Writer(open_page(), server, "PCMW-02")
    ends_session(writer)
    writer.write("Typed while nobody knew who was writing.")
    writer.is_told("signed-out")
    be(writer.page.context.new_page(), server, "en", LEAD)
    writer.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    writer.is_saved()


@ON_A_PHONE
def test_back_leads_to_the_words(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "ACD-3", language)
    page = writer.page
    page.check('input[value="mature"]', force=True)
    writer.write("Saved, then Back. ")
    press(page, SAVE)
    page.go_back()
    writer.loses_nothing()
    assert clean(page.input_value("#evidence")) == clean(writer.typed)
    assert not page.is_visible(OFFER)
    writer.write("More, and away at once. ")
    page.go_back()
    page.wait_for_timeout(1000)  # the last save of the page before may still be running
    assert clean(versions(server, "ACD-3")[-1]["evidence"]) == clean(writer.typed)
    page.go_forward()
    writer.loses_nothing()
    writer.is_offered_nothing()


@ON_A_DESKTOP
def test_a_second_window_overwrites_nothing_and_shows_both(server, open_page, language, width):
    one = Writer(open_page(width=width), server, "ACD-4", language)
    one.write(f"{language}: one. ")
    second = one.page.context.new_page()
    second.goto(one.address)
    second.wait_for_timeout(300)
    assert not second.is_visible(OFFER), "what is being written in one window was offered in another"
    one.is_saved()
    second.fill("#evidence", "The other window's words")
    second.wait_for_function("() => document.querySelector('[data-save-state] [role=status]').textContent")
    second.reload()
    second.wait_for_selector(TAKE)
    assert one.typed.strip() in second.input_value("#evidence")
    second.click(TAKE)
    press(second, SAVE)
    assert one.typed.strip() in second.inner_text(".shown-text")
    assert second.input_value("#evidence") == "The other window's words"
    second.fill("#evidence", f"{one.typed}The other window's words")
    second.check('input[value="mature"]', force=True)
    press(second, "form#typed .nhsuk-grid-row button >> nth=-1")
    assert versions(server, "ACD-4")[-1]["evidence"] == f"{one.typed}The other window's words"
    one.loses_nothing()
    one.is_offered_nothing()


@ON_A_PHONE
def test_the_language_switch_takes_unsaved_words_along(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "ACD-5", language)
    page = writer.page
    for _ in range(2):
        writer.write(f"From {page.get_attribute('html', 'lang')}, at once: ")
        press(page, SWITCH)
        assert clean(page.input_value("#evidence")) == clean(writer.typed)
        writer.is_saved()
        writer.loses_nothing()
        assert not page.is_visible(OFFER)
    assert f"/{language}/" in page.url


@ON_A_DESKTOP
def test_words_typed_offline_arrive_when_the_line_is_back(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "ACD-6", language)
    writer.write("On line. ")
    writer.is_saved()
    writer.page.context.set_offline(True)
    writer.write("Off line. ")
    writer.is_told("network-error")
    writer.loses_nothing()
    writer.page.context.set_offline(False)
    writer.is_saved()
    writer.loses_nothing()


def test_words_typed_offline_in_a_page_that_was_closed_are_offered_and_put_back(server, open_page):
    writer = Writer(open_page(width=390), server, "ACD-7", "cy")
    context = writer.page.context
    for words in ("Ar goll? ", "Nac ydynt. "):
        context.set_offline(True)
        writer.write(words)
        writer.page.check('input[value="foundation"]', force=True)
        writer.page.close()
        context.set_offline(False)
        writer.page = context.new_page()
        writer.open()
        writer.page.wait_for_selector(OFFER)
        assert "foundation" not in writer.page.inner_text(OFFER)
        writer.loses_nothing()
        writer.puts_back()
        assert writer.page.is_checked('input[value="foundation"]')
        writer.is_saved()
    writer.is_offered_nothing()


def test_words_put_back_over_what_somebody_else_saved_meanwhile_lead_to_both(server, open_page):
    writer, deputy = Writer(open_page(), server, "PCMW-09"), Writer(open_page(), server, "PCMW-09", persona=DEPUTY)
    writer.page.context.set_offline(True)
    writer.write("The lead's, off line. ")
    writer.page.close()
    writer.page.context.set_offline(False)
    deputy.write("The deputy's.")
    deputy.is_saved()
    writer.page = writer.page.context.new_page()
    writer.open()
    writer.puts_back()
    writer.is_told("conflict")
    press(writer.page, SAVE)
    assert "The deputy's." in writer.page.inner_text(".shown-text")
    writer.loses_nothing()
    deputy.loses_nothing()
    press(writer.page, "main a.nhsuk-button")
    writer.page.wait_for_selector(OFFER)
    writer.page.click(DROP)
    writer.is_offered_nothing()


def test_what_two_windows_left_behind_is_offered_one_after_the_other(server, open_page):
    writer = Writer(open_page(), server, "PCMW-10")
    context = writer.page.context
    pages = [writer.page, context.new_page()]
    pages[1].goto(writer.address)
    context.set_offline(True)
    pages[0].fill("#why", "The first window.")
    pages[1].wait_for_function("Object.values(localStorage).some(draft => draft.includes('The first window.'))")
    pages[0].close()
    pages[1].fill("#why", "The second window.")
    pages[1].close()
    context.set_offline(False)
    page = writer.page = context.new_page()
    writer.open()
    page.wait_for_selector(OFFER)
    assert "The second window." in page.inner_text(OFFER)
    page.click(TAKE)
    page.wait_for_function(
        "() => document.querySelector('[data-unsaved-draft-text]').textContent.includes('The first')"
    )
    page.click(TAKE)
    page.wait_for_function("() => document.querySelector('#why').value.includes('The first')")
    writer.is_told("saved")
    saved = [each["why"] for each in versions(server, "PCMW-10")]
    assert "The first window." in saved
    assert "The second window." in [*saved, page.inner_text("[data-unsaved-draft-text]")]


def test_words_outlive_the_death_of_the_browser(server, playwright, tmp_path):
    def browser():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=FLAGS
        )
        return context, Writer(context.new_page(), server, "PCMW-11")

    context, writer = browser()
    context.set_offline(True)
    writer.write("Nobody had read this when the browser died.")
    writer.page.wait_for_timeout(6000)  # Chromium writes its local storage to disk within five seconds
    for process in processes_of(tmp_path / "profile"):
        os.kill(process, signal.SIGKILL)
    typed, (context, writer) = writer.typed, browser()
    writer.typed = typed
    writer.puts_back()
    writer.is_saved()
    context.close()


def processes_of(profile: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"--user-data-dir={profile}".encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:  # it has ended already
            continue
    return found


def test_a_browser_that_keeps_nothing_says_so_and_warns_before_the_page_is_left(server, open_page):
    page = open_page(width=390)
    page.context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); };")
    writer = Writer(page, server, "PCMW-12", "cy")
    page.context.set_offline(True)
    writer.write("Dim lle. ")
    writer.is_told("network-error")
    assert page.get_attribute("[data-save-state]", "data-unkept") in page.inner_text("[data-save-state]")
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    page.evaluate("document.querySelector('.nhsuk-back-link').click()")
    page.wait_for_timeout(300)
    assert warned == ["beforeunload"]
    page.context.set_offline(False)
    writer.is_saved()


def test_only_what_goes_wrong_is_said_aloud(server, open_page):
    writer = Writer(open_page(), server, "PCMW-12")
    writer.page.evaluate(
        """() => {
          window.aloud = [];
          const status = document.querySelector("[data-save-state] [role=status]");
          new MutationObserver(() => window.aloud.push(status.textContent)).observe(status, {childList: true});
        }"""
    )
    for words in ("One. ", "Two. "):
        writer.write(words)
        writer.is_saved()
    said = "window.aloud.filter(Boolean)"
    assert writer.page.evaluate(said) == []
    writer.page.context.set_offline(True)
    writer.write("Three. ")
    writer.is_told("network-error")
    writer.write("Four. ")
    writer.page.context.set_offline(False)
    writer.is_saved()
    assert [each.split(" ")[0] for each in writer.page.evaluate(said)] == ["Not", "Saved"]


@ON_A_PHONE
def test_a_text_that_is_too_long_is_refused_in_words_kept_and_saved_when_shortened(server, open_page, language, width):
    writer = Writer(open_page(width=width), server, "CLOSING-2", language, box="#text")
    writer.page.fill("#text", "ŵ" * 10_001)
    writer.typed = "ŵ" * 10_001
    writer.page.wait_for_function("() => document.querySelector('[data-save-state]').textContent.includes('10,001')")
    writer.loses_nothing()
    writer.open()
    writer.page.wait_for_selector(OFFER)
    writer.page.click(TAKE)
    writer.page.press("#text", "Control+End")
    writer.page.keyboard.press("Backspace")
    writer.typed = "ŵ" * 10_000
    writer.is_saved()


def test_a_number_that_is_none_is_refused_in_words_and_offered_again(server, open_page):
    writer = Writer(open_page(), server, "ABOUT-2", box="#number")
    writer.page.fill("#number", "a dozen")
    writer.is_told("refused")
    writer.open()
    writer.page.wait_for_selector(OFFER)
    assert "a dozen" in writer.page.inner_text(OFFER)
    writer.page.click(TAKE)
    writer.page.wait_for_function("() => document.querySelector('#number').value === 'a dozen'")
    writer.page.fill("#number", "12")
    writer.is_told("saved")
    assert versions(server, "ABOUT-2")[-1] == {"number": 12}


def test_choices_with_their_texts_are_saved_offered_and_put_back(server, open_page):
    writer = Writer(open_page(), server, "FACTORS-1", box="#detail_funding")
    page = writer.page
    page.check('input[value="funding"]', force=True)
    writer.write("None after March. ")
    writer.is_saved()
    page.context.set_offline(True)
    page.check('input[value="bureaucracy"]', force=True)
    writer.write("None at all.")
    page.close()
    page.context.set_offline(False)
    page = writer.page = page.context.new_page()
    writer.open()
    page.wait_for_selector(OFFER)
    name = page.get_attribute('input[value="bureaucracy"]', "id")
    offered = page.inner_text(OFFER)
    assert page.inner_text(f'label[for="{name}"]') in offered
    assert "bureaucracy" not in offered
    writer.puts_back()
    writer.is_saved()
    assert set(versions(server, "FACTORS-1")[-1]["chosen"]) == {"funding", "bureaucracy"}


def test_a_double_press_submits_once(server, open_page):
    with create_app(settings(server.folder)).app_context():
        reflection = find_reflection(2026, "rhondda")
        with_everything = datetime.now(UTC)
        if not load_reflection(reflection, with_everything).newest:
            answer_reflection(reflection, random.Random(1), with_everything, 1)
    page = open_page(width=390)
    be(page, server, "cy", "lead.rhondda@example.wales")
    page.goto(f"{server.address}/cy/reflections/2026/rhondda/submit")
    page.dblclick(ONLY_BUTTON)
    expect(page.locator(".nhsuk-panel")).to_contain_text("2026-RHONDDA-1-", timeout=ARRIVES)
    with create_app(settings(server.folder)).app_context():
        assert len(find_reflection(2026, "rhondda").submissions) == 1


@ON_A_DESKTOP
def test_without_javascript_nothing_is_lost_either(server, open_page, language, width):
    code = {"en": "PCMW-13", "cy": "CLOSING-5"}[language]
    box = "#evidence" if code == "PCMW-13" else "#text"
    writer = Writer(open_page(width=width, java_script_enabled=False), server, code, language, box=box)
    page = writer.page
    page.fill(box, "Typed, then switched")
    press(page, SWITCH)
    press(page, SWITCH)
    assert page.input_value(box) == "Typed, then switched"
    ends_session(writer)
    press(page, LEAVE)
    assert "Typed, then switched" in page.inner_text("main")
    signs_in_again(writer, language)
    assert page.input_value(box) == "Typed, then switched"
    other = page.context.new_page()
    other.goto(writer.address)
    other.fill(box, "Saved in another window")
    press(other, LEAVE)
    page.dblclick(LEAVE)
    expect(page.locator(".shown-text")).to_contain_text("Saved in another window", timeout=ARRIVES)
    assert page.input_value(box) == "Typed, then switched"
    page.dblclick("form#typed .nhsuk-grid-row button >> nth=-1")
    expect(page.locator(".shown-text")).to_have_count(0, timeout=ARRIVES)
    typed = ["Saved in another window", "Typed, then switched"]
    assert [text for kept in versions(server, code) for text in texts(kept) if text] == typed
