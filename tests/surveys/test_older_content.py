"""A wording that was frozen before its keys were there is read with what they meant, and keeps its hash."""

import json

import pytest

from surveys.loader import current_questionnaire, read_frozen

HASH = "5" * 64
QUESTIONNAIRE = current_questionnaire()


@pytest.mark.parametrize("survey", QUESTIONNAIRE.surveys, ids=lambda survey: survey.slug)
def test_a_wording_without_roles_has_those_that_its_codes_had(survey):
    old = json.loads(survey.canonical())
    for question in old["questions"]:
        del question["role"]
    frozen = read_frozen(json.dumps(old), HASH)
    assert frozen == survey
    assert frozen.content_hash == HASH


def test_a_code_of_old_has_no_role_in_a_wording_that_gives_its_roles_itself():
    survey = next(survey for survey in QUESTIONNAIRE if survey.slug == "system_factors")
    content = json.loads(survey.canonical())
    content["questions"][0]["role"] = None
    assert read_frozen(json.dumps(content), HASH).questions[0].role is None
