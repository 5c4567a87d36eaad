"""What surveys must keep to before a cycle opens with them; those of old cycles are read without, and stay readable."""

import re
from collections.abc import Iterator, Mapping

from surveys.faults import SurveyFault
from surveys.schema import GROUPS, PLACES, Item, Kind, Question, Questionnaire, Survey

CODE = re.compile(r"[A-Z]+-[0-9]+")
LONGEST_CODE = 20
"""Signs that the database keeps of a code."""
ASKS_GROUPS = "about_the_cluster"
"""The survey that asks for the professional groups."""


def faults_of(survey: Survey, file: str) -> Iterator[SurveyFault]:
    """What the codes of a survey and the kinds of its questions do not keep to."""
    for path, code in _codes(survey):
        if code and not (CODE.fullmatch(code) and len(code) <= LONGEST_CODE):
            yield SurveyFault(file, f"{path}.code", "no_code", code, str(LONGEST_CODE))
    for position, question in enumerate(survey.questions, start=1):
        yield from _faults_of_kind(question, file, f"questions[{position}]")


def faults_between(surveys: Mapping[str, Survey]) -> Iterator[SurveyFault]:
    """What surveys that are asked together do not keep to; `surveys` by the names of their files, without ending."""
    seen: dict[str, str] = {}
    for name, survey in surveys.items():
        file = f"{name}.yaml"
        if survey.slug != name:
            yield SurveyFault(file, "slug", "not_one_of", survey.slug, name)
        for path, code in _codes(survey):
            if seen.setdefault(code, file) != file:
                yield SurveyFault(file, f"{path}.code", "used_elsewhere", code, seen[code])
    if ASKS_GROUPS in surveys and not Questionnaire((surveys[ASKS_GROUPS],)).groups:
        yield SurveyFault(f"{ASKS_GROUPS}.yaml", "questions", "no_groups", GROUPS)


def _codes(survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield the path and the code of each item."""
    asked: Mapping[str, tuple[Item, ...]] = {"outcomes": survey.outcomes, "questions": survey.questions}
    for key, items in asked.items():
        for position, item in enumerate(items, start=1):
            yield f"{key}[{position}]", item.code


def _faults_of_kind(question: Question, file: str, path: str) -> Iterator[SurveyFault]:
    if question.kind is Kind.NUMBER and not question.maximum:
        yield SurveyFault(file, path, "missing", "maximum")
    elif question.minimum > question.maximum:
        yield SurveyFault(file, path, "out_of_order")
    if question.kind is Kind.RANKING and question.most and not 1 <= question.most <= PLACES:
        known = ", ".join(str(place) for place in range(1, PLACES + 1))
        yield SurveyFault(file, f"{path}.most", "not_one_of", str(question.most), known)
