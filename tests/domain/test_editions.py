"""An outcome is compared over the years only where it says the same."""

from dataclasses import replace

from surveys.loader import load_questionnaire
from surveys.schema import Text

from app.domain.editions import Wording, wording

QUESTIONNAIRE = load_questionnaire()
OUTCOME, QUESTION = QUESTIONNAIRE.items["PCMW-01"], QUESTIONNAIRE.items["FACTORS-1"]


def test_the_same_words_are_the_same_and_examples_do_not_count():
    assert wording(OUTCOME, OUTCOME) is Wording.SAME
    assert wording(replace(OUTCOME, prompts=(), evidence=()), OUTCOME) is Wording.SAME


def test_one_changed_descriptor_in_one_language_is_another_wording():
    changed = {**OUTCOME.descriptors, "mature": Text(OUTCOME.descriptors["mature"].en, "Geiriad arall")}
    assert wording(replace(OUTCOME, descriptors=changed), OUTCOME) is Wording.REWORDED
    assert wording(replace(QUESTION, options=QUESTION.options[:-1]), QUESTION) is Wording.REWORDED


def test_what_was_not_asked_before_is_new():
    assert wording(None, OUTCOME) is Wording.NEW
    assert wording(QUESTION, OUTCOME) is Wording.NEW
