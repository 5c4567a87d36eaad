"""A wording frozen before a key existed is read with the former meaning of that key, and keeps its hash."""

import json

import pytest

from surveys.loader import current_questionnaire, read_frozen

HASH = "5" * 64
QUESTIONNAIRE = current_questionnaire()


@pytest.mark.parametrize("survey", QUESTIONNAIRE.surveys, ids=lambda survey: survey.slug)
def test_a_wording_without_later_keys_has_what_its_codes_meant(survey):
    old = json.loads(survey.canonical())
    del old["outcomes_per_review"]
    for question in old["questions"]:
        del question["role"]
        for option in question["options"]:
            del option["needs_detail"]
    frozen = read_frozen(json.dumps(old), HASH)
    assert frozen == survey
    assert frozen.content_hash == HASH


def test_a_code_of_old_has_no_role_in_a_wording_that_gives_its_roles_itself():
    survey = next(survey for survey in QUESTIONNAIRE if survey.slug == "system_factors")
    content = json.loads(survey.canonical())
    content["questions"][0]["role"] = None
    assert read_frozen(json.dumps(content), HASH).questions[0].role is None


def test_a_matrix_says_itself_how_many_outcomes_a_review_looks_at():
    survey = next(survey for survey in QUESTIONNAIRE if survey.slug == "pcmw")
    content = json.loads(survey.canonical()) | {"outcomes_per_review": 3}
    assert read_frozen(json.dumps(content), HASH).outcomes_per_review == 3
