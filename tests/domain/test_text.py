"""Typed text is stored as typed, without invisible characters, and no two words are joined."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import cleaned_line, has_visible_text, normalise_text

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
TYPED = st.text(
    st.sampled_from(["a", "é", "e", "\u0301", "7", " ", "\n", "\u2028", "\u2029", *CONTROLS]) | st.characters()
)
JOINS = "\x1f"
"""Characters within a word: removing the optional hyphen leaves the whole word."""


def words(text: str) -> list[str]:
    """Return the runs of letters and digits, in NFC."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text.replace(JOINS, "")))


@given(TYPED)
def test_cleaning_twice_changes_nothing_more(typed):
    assert normalise_text(normalise_text(typed)) == normalise_text(typed)


@given(TYPED)
def test_no_letter_or_digit_is_lost_or_joined_to_another(typed):
    assert words(normalise_text(typed)) == words(typed)


@given(TYPED)
def test_nothing_stays_that_breaks_a_file_or_a_terminal(typed):
    categories = {unicodedata.category(sign) for sign in normalise_text(typed) if sign not in "\n\t"}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_text_without_control_characters_keeps_every_sign(typed):
    kept = unicodedata.normalize("NFC", typed).strip()
    assert normalise_text(typed) == (kept if has_visible_text(kept) else "")


@pytest.mark.parametrize("typed", ["\u200b", "\ufeff", "\u00ad", "\u200e\u2060", " \u200d\n\u00a0", "\x07\u2028\u200b"])
def test_a_text_of_which_nothing_shows_is_no_text(typed):
    assert normalise_text(typed) == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_whatever_ends_a_line_becomes_one_line_end(end):
    assert normalise_text(f"first line{end}second line{end}{end}third") == "first line\nsecond line\n\nthird"


def test_the_two_hyphens_of_a_word_processor_are_kept_as_it_shows_them():
    assert normalise_text("self\x1ereflection of neigh\x1fbour\x1fhoods") == "self-reflection of neighbourhoods"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x1c", "\x1d", "\x7f", "\x92", "\x96", "\ud83d"])
def test_another_control_character_parts_what_it_stood_between_and_doubles_no_space(sign):
    assert normalise_text(f"2026{sign}2027{sign}{sign}28") == "2026 2027 28"
    assert (
        normalise_text(f"{sign}one {sign}two{sign} three\t{sign}four{sign}\nfive{sign}") == "one two three\tfour\nfive"
    )


def test_control_characters_go_and_lines_stay():
    assert normalise_text("one\r\ntwo\x00\x07\rthree\x1b[31m") == "one\ntwo\nthree [31m"


def test_emoji_welsh_letters_and_right_to_left_marks_are_peoples_words():
    words = "Tŷ 👩‍⚕️ \u200fשלום\u200e"
    assert normalise_text(words) == words


@given(TYPED)
def test_a_text_of_one_line_has_no_line_end_and_all_its_words(typed):
    assert "\n" not in cleaned_line(typed)
    assert words(cleaned_line(typed)) == words(typed)
