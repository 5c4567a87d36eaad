"""Forms of questions follow the survey definition, whatever the codes of its options are."""

from dataclasses import replace

from surveys.loader import current_questionnaire
from surveys.schema import QuestionRole

from app.forms.reflection.answer import answer_form

QUESTIONNAIRE = current_questionnaire()
BARRIERS = QUESTIONNAIRE.question_for(QuestionRole.BARRIERS)
RENAMED = replace(
    BARRIERS,
    options=tuple(
        replace(option, code="elsewhere") if option.needs_detail else option for option in BARRIERS.options[:-1]
    ),
)


def faults(product, chosen: list[str], **typed: str) -> dict[str, list[str]]:
    data = {"chosen": chosen, **{f"detail_{code}": text for code, text in typed.items()}}
    with product.test_request_context(method="POST", data=data):
        form = answer_form(RENAMED, {}, QUESTIONNAIRE)
        form.validate()
        return {name: form[name].errors for name in form.errors if name in ("chosen", "detail_elsewhere")}


def test_an_option_that_says_nothing_alone_needs_its_text_whatever_its_code_is(product):
    assert list(faults(product, ["elsewhere", "funding"])) == ["detail_elsewhere"]
    assert faults(product, ["elsewhere", "funding"], elsewhere="Rain") == {}
    assert faults(product, ["funding"]) == {}
