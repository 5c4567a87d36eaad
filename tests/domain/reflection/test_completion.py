"""A survey is complete when every required item is answered."""

import pytest

from surveys.loader import current_questionnaire
from surveys.schema import Kind

from app.domain.reflection.completion import SectionProgress, answered_count, missing, progress_of

QUESTIONNAIRE = current_questionnaire()
ENOUGH = {
    Kind.OUTCOME: {"level": "unable"},
    Kind.TEXT: {"text": "words"},
    Kind.LINE: {"text": "words"},
    Kind.NUMBER: {"number": 12},
    Kind.CHOICE: {"chosen": ["other"], "details": {}},
    Kind.CHOICES: {"chosen": ["other"], "details": {}},
    Kind.RANKING: {"ranked": []},
}
EVERYTHING = {code: ENOUGH[item.kind] for code, item in QUESTIONNAIRE.items.items()}
REQUIRED = [code for code, item in QUESTIONNAIRE.items.items() if item.required]


def test_nothing_is_missing_when_everything_is_answered():
    assert missing(QUESTIONNAIRE, EVERYTHING) == ()


@pytest.mark.parametrize("code", REQUIRED)
def test_each_required_item_is_named_when_it_alone_is_missing(code):
    without = {each: content for each, content in EVERYTHING.items() if each != code}
    assert [item.code for item in missing(QUESTIONNAIRE, without)] == [code]


def test_an_outcome_with_evidence_but_no_level_is_in_progress():
    pcmw = QUESTIONNAIRE.survey_of("PCMW-01")
    assert progress_of(pcmw, {}) is SectionProgress.NOT_STARTED
    assert progress_of(pcmw, {"PCMW-01": {"level": "", "evidence": "words"}}) is SectionProgress.IN_PROGRESS
    assert progress_of(pcmw, EVERYTHING) is SectionProgress.COMPLETE


def test_what_is_optional_does_not_count():
    assert answered_count(QUESTIONNAIRE, {}) == (0, len(REQUIRED))
    assert answered_count(QUESTIONNAIRE, EVERYTHING) == (len(REQUIRED), len(REQUIRED))
    assert len(REQUIRED) < len(QUESTIONNAIRE.items)
