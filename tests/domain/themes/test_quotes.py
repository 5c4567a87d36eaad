"""A quote must occur word for word in the text; whatever could identify its author is warned of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidValue
from app.domain.text import normalise_text
from app.domain.themes.quotes import IdentifierWarning, KnownNames, checked_quote, identifier_warnings_in

KNOWN = KnownNames(
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
    assert checked_quote(f" {passage}\r\n", " ".join(parts)) == normalise_text(passage)


@given(st.text(), st.text())
def test_what_does_not_stand_in_the_text_is_never_cleared(passage, text):
    if normalise_text(passage) not in normalise_text(text):
        with pytest.raises(InvalidValue):
            checked_quote(passage, text)


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
    with pytest.raises(InvalidValue) as refused:
        checked_quote(passage, text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "passage",
    ["<b>bold</b> & more", "first line\r\nsecond", "שלום\u202e abc", "Tŷ a gŵyl 👩\u200d⚕️", "can", "'quoted'"],
)
def test_markup_lines_directions_and_emoji_are_cleared_as_they_were_written(passage):
    text = f"We say:\n{normalise_text(passage)}. And we can't. But we can."
    assert checked_quote(passage, text) == normalise_text(passage)


@pytest.mark.parametrize(
    ("passage", "hint"),
    [
        ("here in north  powys", IdentifierWarning.CLUSTER),
        ("yng Ngogledd Powys", IdentifierWarning.CLUSTER),
        ("No\u200drth Po\u00adwys", IdentifierWarning.CLUSTER),
        ("yng Ngwynedd", IdentifierWarning.COUNTY),
        ("o Wynedd", IdentifierWarning.COUNTY),
        ("yng Nghaerdydd", IdentifierWarning.COUNTY),
        ("a Chaerdydd.", IdentifierWarning.COUNTY),
        ("the BETSI CADWALADR way", IdentifierWarning.BOARD),
        ("our Neighbourhood Care Network", IdentifierWarning.BOARD),
        ("as llinos lead said", IdentifierWarning.PERSON),
        ("ask Llinos", IdentifierWarning.PERSON),
        ("ask Sion about it", IdentifierWarning.PERSON),
        ("write to a.b@wales.nhs.uk", IdentifierWarning.ADDRESS),
        ("see www.example.wales", IdentifierWarning.ADDRESS),
        ("ring 01597 826 000", IdentifierWarning.NUMBER),
        ("ring (029) 2000 0000", IdentifierWarning.NUMBER),
        ("+44 7700 900123", IdentifierWarning.NUMBER),
        ("patient 943 476 5919", IdentifierWarning.NUMBER),
    ],
)
def test_what_could_tell_whose_it_is_is_pointed_out_also_when_it_is_mutated_or_disguised(passage, hint):
    assert identifier_warnings_in(passage, KNOWN) == {hint}


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
    assert identifier_warnings_in(passage, KNOWN) == frozenset()


@given(st.text(), st.text(max_size=10))
def test_no_text_and_no_name_breaks_the_search_for_hints(passage, name):
    identifier_warnings_in(passage, KnownNames((name,), (name,), (name,), (name,)))
