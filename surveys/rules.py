"""What surveys must keep to before a cycle opens with them; those of old cycles are read without, and stay readable."""

import re
from collections.abc import Iterable, Iterator, Mapping

from surveys.faults import SurveyFault
from surveys.schema import PLACES, Item, Kind, Question, Questionnaire, QuestionRole, Survey

CODE = re.compile(r"[A-Z]+-[0-9]+")
LONGEST_CODE = 20
"""Signs that the database keeps of a code."""
KIND_OF_ROLE: Mapping[QuestionRole, Kind] = {
    QuestionRole.GROUPS: Kind.CHOICES,
    QuestionRole.BARRIERS: Kind.CHOICES,
    QuestionRole.ENABLERS: Kind.CHOICES,
    QuestionRole.STRENGTHEN: Kind.CHOICES,
    QuestionRole.NEXT_FOR_PROGRAMME: Kind.TEXT,
}
"""Role -> the kind of question that can have it."""

NEEDED = (QuestionRole.GROUPS, QuestionRole.BARRIERS, QuestionRole.ENABLERS, QuestionRole.STRENGTHEN)
"""The roles without which a page or a report would lack a part; the other is for the demonstration only."""


def faults_of(survey: Survey, file: str) -> Iterator[SurveyFault]:
    """What the codes of a survey and the kinds of its questions do not keep to."""
    for path, code in _codes(survey):
        if code and not (CODE.fullmatch(code) and len(code) <= LONGEST_CODE):
            yield SurveyFault(file, f"{path}.code", "no_code", code, str(LONGEST_CODE))
    for position, question in enumerate(survey.questions, start=1):
        yield from _faults_of_kind(question, file, f"questions[{position}]")
    roles: dict[QuestionRole, str] = {}
    for path, question, role in _roles(survey):
        if question.kind is not KIND_OF_ROLE[role]:
            yield SurveyFault(file, path, "role_of_other_kind", role, KIND_OF_ROLE[role])
        if roles.setdefault(role, question.code) != question.code:
            yield SurveyFault(file, path, "role_twice", role, roles[role])


def faults_between(surveys: Mapping[str, Survey]) -> Iterator[SurveyFault]:
    """What surveys that are asked together do not keep to; `surveys` by the names of their files, without ending."""
    seen: dict[str, str] = {}
    roles: dict[QuestionRole, str] = {}
    for name, survey in surveys.items():
        file = f"{name}.yaml"
        if survey.slug != name:
            yield SurveyFault(file, "slug", "not_one_of", survey.slug, name)
        for path, code in _codes(survey):
            if seen.setdefault(code, file) != file:
                yield SurveyFault(file, f"{path}.code", "used_elsewhere", code, seen[code])
        for path, question, role in _roles(survey):
            if roles.setdefault(role, question.code) != question.code:
                yield SurveyFault(file, path, "role_twice", role, roles[role])


def missing_roles(surveys: Iterable[Survey]) -> Iterator[SurveyFault]:
    """The roles that are needed and that no question of these surveys has, which are all that is asked."""
    questionnaire = Questionnaire(tuple(surveys))
    for role in NEEDED:
        if not questionnaire.question_for(role):
            yield SurveyFault("*.yaml", "questions", "role_missing", role, KIND_OF_ROLE[role])


def _codes(survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield the path and the code of each item."""
    asked: Mapping[str, tuple[Item, ...]] = {"outcomes": survey.outcomes, "questions": survey.questions}
    for key, items in asked.items():
        for position, item in enumerate(items, start=1):
            yield f"{key}[{position}]", item.code


def _roles(survey: Survey) -> Iterator[tuple[str, Question, QuestionRole]]:
    """Where each role stands, the question that has it, and the role."""
    for position, question in enumerate(survey.questions, start=1):
        if question.role:
            yield f"questions[{position}].role", question, question.role


def _faults_of_kind(question: Question, file: str, path: str) -> Iterator[SurveyFault]:
    if question.kind is Kind.NUMBER and not question.maximum:
        yield SurveyFault(file, path, "missing", "maximum")
    elif question.minimum > question.maximum:
        yield SurveyFault(file, path, "out_of_order")
    if question.kind is Kind.RANKING and question.most and not 1 <= question.most <= PLACES:
        known = ", ".join(str(place) for place in range(1, PLACES + 1))
        yield SurveyFault(file, f"{path}.most", "not_one_of", str(question.most), known)
