"""What surveys must keep to before a cycle opens with them; those of old cycles are read without, and stay readable."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from surveys.faults import DataFault
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


def faults_of(survey: Survey, file: str) -> Iterator[DataFault]:
    """What the codes of a survey, its share in peer review, the kinds and the roles of its questions do not keep to."""
    for path, code in _codes(survey):
        if code and not (CODE.fullmatch(code) and len(code) <= LONGEST_CODE):
            yield DataFault(file, f"{path}.code", "no_code", code, str(LONGEST_CODE))
    yield from _faults_of_peer_review(survey, file)
    for position, question in enumerate(survey.questions, start=1):
        yield from FAULTS_OF_KIND[question.kind](question, file, f"questions[{position}]")
    for path, question, role in _roles(survey):
        if question.kind is not KIND_OF_ROLE[role]:
            yield DataFault(file, path, "role_of_other_kind", role, KIND_OF_ROLE[role])
    yield from _roles_twice({file: survey})


def faults_between(surveys: Mapping[str, Survey]) -> Iterator[DataFault]:
    """What surveys that are asked together do not keep to; `surveys` by the names of their files, without ending."""
    seen: dict[str, str] = {}
    for name, survey in surveys.items():
        file = f"{name}.yaml"
        if survey.slug != name:
            yield DataFault(file, "slug", "not_one_of", survey.slug, name)
        for path, code in _codes(survey):
            if seen.setdefault(code, file) != file:
                yield DataFault(file, f"{path}.code", "used_elsewhere", code, seen[code])
    yield from _roles_twice({f"{name}.yaml": survey for name, survey in surveys.items()})


def missing_roles(surveys: Iterable[Survey]) -> Iterator[DataFault]:
    """The roles that are needed and that no question of these surveys has, which are all that is asked."""
    questionnaire = Questionnaire(tuple(surveys))
    for role in NEEDED:
        if not questionnaire.question_for(role):
            yield DataFault("*.yaml", "questions", "role_missing", role, KIND_OF_ROLE[role])


def _codes(survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield the path and the code of each item."""
    asked: Mapping[str, tuple[Item, ...]] = {"outcomes": survey.outcomes, "questions": survey.questions}
    for key, items in asked.items():
        for position, item in enumerate(items, start=1):
            yield f"{key}[{position}]", item.code


def _roles(survey: Survey) -> Iterator[tuple[str, Question, QuestionRole]]:
    """Yield the path of each role, the question that has it, and the role."""
    for position, question in enumerate(survey.questions, start=1):
        if question.role:
            yield f"questions[{position}].role", question, question.role


def _roles_twice(surveys: Mapping[str, Survey]) -> Iterator[DataFault]:
    """The roles that a second question of these surveys has, by the names of their files."""
    seen: dict[QuestionRole, str] = {}
    for file, survey in surveys.items():
        for path, question, role in _roles(survey):
            if seen.setdefault(role, question.code) != question.code:
                yield DataFault(file, path, "role_twice", role, seen[role])


def _faults_of_peer_review(survey: Survey, file: str) -> Iterator[DataFault]:
    """A review looks at one outcome of a matrix at least, at all at most, and at none of a survey that has none."""
    asked, possible = survey.outcomes_per_review, range(1, len(survey.outcomes) + 1) if survey.outcomes else (0,)
    if survey.outcomes and not asked:
        yield DataFault(file, "", "missing", "outcomes_per_review")
    elif asked not in possible:
        known = ", ".join(map(str, possible))
        yield DataFault(file, "outcomes_per_review", "not_one_of", str(asked), known)


def _faults_of_number(question: Question, file: str, path: str) -> Iterator[DataFault]:
    if not question.maximum:
        yield DataFault(file, path, "missing", "maximum")
    elif question.minimum > question.maximum:
        yield DataFault(file, path, "out_of_order")


def _faults_of_options(question: Question, file: str, path: str) -> Iterator[DataFault]:
    for position, option in enumerate(question.options, start=1):
        if option.needs_detail and not option.detail:
            yield DataFault(file, f"{path}.options[{position}]", "missing", "detail")


def _faults_of_ranking(question: Question, file: str, path: str) -> Iterator[DataFault]:
    if question.most and not 1 <= question.most <= PLACES:
        known = ", ".join(str(place) for place in range(1, PLACES + 1))
        yield DataFault(file, f"{path}.most", "not_one_of", str(question.most), known)


def _no_faults(_question: Question, _file: str, _path: str) -> Iterator[DataFault]:
    return iter(())


FAULTS_OF_KIND: Mapping[Kind, Callable[[Question, str, str], Iterator[DataFault]]] = {
    Kind.TEXT: _no_faults,
    Kind.LINE: _no_faults,
    Kind.NUMBER: _faults_of_number,
    Kind.CHOICE: _faults_of_options,
    Kind.CHOICES: _faults_of_options,
    Kind.RANKING: _faults_of_ranking,
}
"""Kind of question -> what a question of it does not keep to, given its file and its place there."""
