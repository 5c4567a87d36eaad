"""What people type is stored as they typed it, less what shows nothing."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.typed_text import cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(typed):
    assert cleaned(cleaned(typed)) == cleaned(typed)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_text_without_control_characters_keeps_every_sign(typed):
    assert cleaned(typed) == unicodedata.normalize("NFC", typed).strip()


def test_control_characters_go_and_lines_stay():
    assert cleaned("one\r\ntwo\x00\x07\rthree\x1b[31m") == "one\ntwo\nthree[31m"


def test_emoji_welsh_letters_and_right_to_left_marks_are_peoples_words():
    words = "Tŷ 👩‍⚕️ \u200fשלום\u200e"
    assert cleaned(words) == words
