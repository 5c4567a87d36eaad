"""The survey definitions of the product: complete in both languages, concrete, marked as a working draft."""

import re
from collections import Counter

import pytest

from surveys.loader import current_questionnaire
from surveys.schema import LANGUAGES, LEVELS

QUESTIONNAIRE = current_questionnaire()
DESCRIPTORS = [
    pytest.param(outcome.descriptors[level][language], id=f"{outcome.code}-{level}-{language}")
    for outcome in QUESTIONNAIRE.outcomes
    for level in LEVELS
    for language in LANGUAGES
]
VAGUE = {
    "en": "some good excellent effective effectively appropriate appropriately robust strong adequate poor significant",
    "cy": "rhagorol effeithiol priodol cadarn digonol sylweddol",
}


def sentences(text: str) -> list[str]:
    return [sentence.strip().lower() for sentence in re.split(r"(?<=[.!?])\s+", text)]


def test_there_are_thirteen_and_seven_outcomes_in_order():
    codes = [outcome.code for outcome in QUESTIONNAIRE.outcomes]
    assert codes == [f"PCMW-{n:02}" for n in range(1, 14)] + [f"ACD-{n}" for n in range(1, 8)]


@pytest.mark.parametrize("descriptor", DESCRIPTORS)
def test_a_descriptor_has_forty_to_eighty_words(descriptor):
    assert 40 <= len(descriptor.split()) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_is_one_sentence(language):
    more = [o.code for o in QUESTIONNAIRE.outcomes if len(sentences(o.statement[language])) != 1]
    assert more == []


def test_a_descriptor_has_as_many_sentences_in_welsh_as_in_english():
    unlike = [
        (outcome.code, level)
        for outcome in QUESTIONNAIRE.outcomes
        for level, text in outcome.descriptors.items()
        if len(sentences(text["cy"])) != len(sentences(text["en"]))
    ]
    assert unlike == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_levels_share_a_sentence(language):
    every = Counter(
        sentence
        for outcome in QUESTIONNAIRE.outcomes
        for level in LEVELS
        for sentence in sentences(outcome.descriptors[level][language])
    )
    assert [sentence for sentence, times in every.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_descriptor_uses_a_vague_word(language):
    vague = set(VAGUE[language].split())
    found = {
        (outcome.code, level, word)
        for outcome in QUESTIONNAIRE.outcomes
        for level in LEVELS
        for word in re.findall(r"\w+", outcome.descriptors[level][language].lower())
        if word in vague
    }
    assert found == set()


def test_every_outcome_has_prompts_evidence_and_its_theme():
    for outcome in QUESTIONNAIRE.outcomes:
        assert 2 <= len(outcome.prompts) <= 3
        assert len(outcome.evidence) >= 3
        assert outcome.drawn_from.en


def test_the_wording_is_marked_as_a_working_draft():
    assert all(survey.is_draft for survey in QUESTIONNAIRE)
    assert all("not the official" in survey.source.en for survey in QUESTIONNAIRE if survey.outcomes)


def test_the_barriers_and_enablers_of_the_first_baseline_can_be_chosen():
    enablers, barriers = (QUESTIONNAIRE.items[code] for code in ("FACTORS-4", "FACTORS-1"))
    named = {"funding", "engagement", "lack_of_clarity", "lack_of_time", "bureaucracy"}
    assert {option.code for option in barriers.options} == named | {"other", "none"}
    assert len(enablers.options) == 5 + len({"other", "none"})
    for question in (enablers, barriers):
        assert {"other", "none"} <= {option.code for option in question.options}
        assert all(option.detail or option.exclusive for option in question.options)


def test_what_barriers_harm_is_asked_and_up_to_three_are_ranked():
    assert {option.code for option in QUESTIONNAIRE.items["FACTORS-3"].options} >= {
        "innovation_and_projects",
        "staff_morale",
        "patients",
    }
    rankings = [question for question in QUESTIONNAIRE.items.values() if question.kind == "ranking"]
    assert {ranking.of for ranking in rankings} == {"FACTORS-1", "FACTORS-4"}
    assert {ranking.most for ranking in rankings} == {3}
