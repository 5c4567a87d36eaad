"""What can be the name of a person."""

import pytest

from app.domain import names
from app.domain.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Siân  O’Brien-Ŵyn ", "Siân O’Brien-Ŵyn"),
        ("Two\nlines\tand\x00 more", "Two lines and more"),
        ("שלום", "שלום"),
        ("x" * names.LONGEST, "x" * names.LONGEST),
    ],
)
def test_a_name_is_kept_on_one_line(typed, stored):
    assert names.checked(typed) == stored


@pytest.mark.parametrize("typed", ["", " \n", "\u200b\u202e", "--", "x" * (names.LONGEST + 1)])
def test_what_cannot_be_read_or_is_too_long_is_no_name(typed):
    with pytest.raises(Invalid):
        names.checked(typed)
