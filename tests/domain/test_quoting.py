"""A passage is cleared only as it stands in the text; what could tell whose it is, is pointed out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.quoting import Hint, Known, hints, quotable
from app.domain.refusals import Invalid
from app.domain.typed_text import cleaned

KNOWN = Known(
    cluster=("North Powys", "Gogledd Powys"),
    county=("Gwynedd", "Caerdydd"),
    board=("Powys Teaching Health Board", "Betsi Cadwaladr", "Neighbourhood Care Network"),
    people=("Llinos Lead", "Dr Siôn ap Rhys"),
)
words = st.lists(st.text(st.characters(categories=("L", "N", "So")), min_size=1, max_size=20), min_size=1, max_size=15)


@given(words, st.data())
def test_whole_words_of_a_text_can_be_cleared_in_whatever_script_they_are(parts, data):
    start = data.draw(st.integers(0, len(parts) - 1))
    passage = " ".join(parts[start : data.draw(st.integers(start + 1, len(parts)))])
    assert quotable(f" {passage}\r\n", " ".join(parts)) == cleaned(passage)


@given(st.text(), st.text())
def test_what_does_not_stand_in_the_text_is_never_cleared(passage, text):
    if cleaned(passage) not in cleaned(text):
        with pytest.raises(Invalid):
            quotable(passage, text)


@pytest.mark.parametrize(
    ("passage", "text", "reason"),
    [
        ("", "Words.", "quote_empty"),
        (" \u200d\u200f ", "Words \u200d\u200f here", "quote_empty"),
        ("able", "We are unable.", "quote_cut"),
        ("We can", "We can't meet.", "quote_cut"),
        ("We can", "We can’t meet.", "quote_cut"),
        ("able", "We are un\u00adable.", "quote_cut"),
        ("compliant", "They are non-compliant.", "quote_cut"),
        ("👩", "Our 👩\u200d⚕️ helps", "quote_cut"),
        ("x" * 401, "x" * 10_000, "quote_long"),
        ("the Board", "The board", "quote_elsewhere"),
        ("one two", "one  two", "quote_elsewhere"),
    ],
)
def test_what_would_say_something_else_is_refused_with_its_reason(passage, text, reason):
    with pytest.raises(Invalid) as refused:
        quotable(passage, text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "passage",
    ["<b>bold</b> & more", "first line\r\nsecond", "שלום\u202e abc", "Tŷ a gŵyl 👩\u200d⚕️", "can", "'quoted'"],
)
def test_markup_lines_directions_and_emoji_are_cleared_as_they_were_written(passage):
    text = f"We say:\n{cleaned(passage)}. And we can't. But we can."
    assert quotable(passage, text) == cleaned(passage)


@pytest.mark.parametrize(
    ("passage", "hint"),
    [
        ("here in north  powys", Hint.CLUSTER),
        ("yng Ngogledd Powys", Hint.CLUSTER),
        ("No\u200drth Po\u00adwys", Hint.CLUSTER),
        ("yng Ngwynedd", Hint.COUNTY),
        ("o Wynedd", Hint.COUNTY),
        ("yng Nghaerdydd", Hint.COUNTY),
        ("a Chaerdydd.", Hint.COUNTY),
        ("the BETSI CADWALADR way", Hint.BOARD),
        ("our Neighbourhood Care Network", Hint.BOARD),
        ("as llinos lead said", Hint.PERSON),
        ("ask Llinos", Hint.PERSON),
        ("ask Sion about it", Hint.PERSON),
        ("write to a.b@wales.nhs.uk", Hint.ADDRESS),
        ("see www.example.wales", Hint.ADDRESS),
        ("ring 01597 826 000", Hint.NUMBER),
        ("ring (029) 2000 0000", Hint.NUMBER),
        ("+44 7700 900123", Hint.NUMBER),
        ("patient 943 476 5919", Hint.NUMBER),
    ],
)
def test_what_could_tell_whose_it_is_is_pointed_out_also_when_it_is_mutated_or_disguised(passage, hint):
    assert hints(passage, KNOWN) == {hint}


@pytest.mark.parametrize(
    "passage",
    [
        "We cannot lead on this, nor rhys about.",
        "In 2024-25 we spent £1,250,000 on 12 people.",
        "The north and powysland; a gwyneddian dish",
        "50% of 120 practices at 9.30",
    ],
)
def test_ordinary_words_and_figures_are_not_pointed_out(passage):
    assert hints(passage, KNOWN) == frozenset()


@given(st.text(), st.text(max_size=10))
def test_no_text_and_no_name_breaks_the_search_for_hints(passage, name):
    hints(passage, Known((name,), (name,), (name,), (name,)))
