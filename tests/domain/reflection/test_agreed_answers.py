"""An answer is shown as agreed while it is as the discussion agreed it; after a change, both days are shown."""

from datetime import date

import pytest

from app.domain.reflection.agreed_answers import AgreedAnswer, content_with_agreement

PRESENT = {"count": 12, "groups": ["general_practice"]}
AGREED = {"level": "foundation", "why": "All saw it so.", "evidence": "", "next_step": "", "present": PRESENT}
AGREEMENT = AgreedAnswer(AGREED, date(2026, 5, 3))
LATER = date(2026, 5, 5)
BOTH = PRESENT | {"agreed": "2026-05-03", "changed": "2026-05-05"}


@pytest.mark.parametrize("change", [{"level": "mature"}, {"why": ""}, {"next_step": "Meet."}, {"level": "unable"}])
@pytest.mark.parametrize("present", [PRESENT, None, {"count": 99, "groups": []}])
def test_any_change_after_the_agreement_is_told_with_both_days_and_who_was_present_then(change, present):
    content = AGREED | change | {"present": present}
    assert content_with_agreement(content, LATER, AGREEMENT) == content | {"present": BOTH}


def test_an_answer_that_says_again_what_was_agreed_is_agreed():
    assert content_with_agreement(AGREED, LATER, AGREEMENT) is AGREED
    without_blanks = {"level": "foundation", "why": "All saw it so."}
    for again in (AGREED | {"present": None}, without_blanks):
        assert content_with_agreement(again, LATER, AGREEMENT) == again | {"present": PRESENT}


@pytest.mark.parametrize("content", [AGREED, AGREED | {"present": None}, {"level": "mature"}, {"text": "x"}])
def test_an_attendance_that_no_discussion_recorded_is_not_told(content):
    shown = content_with_agreement(content, LATER, None)
    assert shown.get("present") is None
    assert {**shown, "present": None} == {**content, "present": None}
