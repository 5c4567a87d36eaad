"""Valid and invalid names of people."""

import pytest

from app.domain.errors import InvalidValue
from app.domain.people.person_name import LONGEST_PERSON_NAME, checked_person_name


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Siân  O’Brien-Ŵyn ", "Siân O’Brien-Ŵyn"),
        ("Two\nlines\tand\x00 more", "Two lines and more"),
        ("שלום", "שלום"),
        ("x" * LONGEST_PERSON_NAME, "x" * LONGEST_PERSON_NAME),
    ],
)
def test_a_name_is_kept_on_one_line(typed, stored):
    assert checked_person_name(typed) == stored


@pytest.mark.parametrize("typed", ["", " \n", "\u200b\u202e", "--", "x" * (LONGEST_PERSON_NAME + 1)])
def test_what_cannot_be_read_or_is_too_long_is_no_name(typed):
    with pytest.raises(InvalidValue):
        checked_person_name(typed)
