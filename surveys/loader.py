"""Reads surveys: YAML or frozen JSON to dataclasses, every fault reported at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import make_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from surveys.faults import DataFault, InvalidData
from surveys.older_content import with_later_keys
from surveys.plain_data import PlainData, read_json, read_yaml
from surveys.rules import faults_between, faults_of, missing_roles
from surveys.schema import LEVELS, AnswerOption, BilingualText, Kind, Outcome, Question, Questionnaire, Status, Survey
from surveys.validation import as_wording, duplicates, make_converter, one_of, validated

DEFINITIONS = Path(__file__).parent / "definitions"
JOURNEY = ("about_the_cluster", "pcmw", "acd", "system_factors", "closing")
"""The surveys in the order in which a cluster meets them."""

NOTHING = BilingualText("", "")

CONVERTER = make_converter(empty_is_missing=True)
CONVERTER.register_structure_hook(BilingualText, as_wording)
CONVERTER.register_structure_hook(Kind, lambda value, _kind: one_of(value, Kind, but=(Kind.OUTCOME,)))


_Levels = make_dataclass("_Levels", [(level, BilingualText) for level in LEVELS])
CONVERTER.register_structure_hook_func(
    lambda kind: kind == Mapping[str, BilingualText],  # all of a survey are by level
    lambda value, _kind: dict(vars(CONVERTER.structure(value, _Levels))),
)


@lru_cache(maxsize=1)
def current_questionnaire() -> Questionnaire:
    """The surveys of the journey as this version of the product has them, read once for each process."""
    return load_questionnaire(DEFINITIONS)


def load_questionnaire(folder: Path) -> Questionnaire:
    """The surveys of the journey in a folder of YAML files; InvalidData carries the faults of every file."""
    surveys, faults = read_journey(folder)
    if faults:
        raise InvalidData(faults)
    return Questionnaire(surveys)


def read_journey(folder: Path) -> tuple[tuple[Survey, ...], list[DataFault]]:
    """The surveys of the journey that are sound each by itself, and the faults of every file and between them."""
    surveys: dict[str, Survey] = {}
    faults: list[DataFault] = []
    for name in JOURNEY:
        try:
            surveys[name] = load_survey(folder / f"{name}.yaml")
        except InvalidData as found:
            faults += found.faults
    faults += faults_between(surveys)
    return tuple(surveys.values()), faults or list(missing_roles(surveys.values()))


def load_survey(path: Path) -> Survey:
    """The survey in a YAML file; InvalidData when anything is wrong with it."""
    return _checked(read_yaml(path), faults_of)


def read_frozen(content: str, content_hash: str) -> Survey:
    """The survey that `Survey.canonical` wrote, with the hash that was stored beside it.

    Also where it is older than a rule of surveys.rules, or than a field of surveys.schema.
    """
    plain = read_json(content)
    return replace(
        _checked(replace(plain, value=with_later_keys(plain.value), file="frozen")), frozen_hash=content_hash
    )


def read_content(content: object, file: str) -> Survey:
    """The survey in what a file said, as YAML would give it; InvalidData when anything is wrong with it."""
    return _checked(PlainData(content, file), faults_of)


def _checked(plain: PlainData, *rules: Callable[[Survey, str], Iterable[DataFault]]) -> Survey:
    faults: list[DataFault] = []
    try:
        survey = validated(plain, Survey, CONVERTER)
    except InvalidData as found:
        faults, survey = found.faults, _readable_part(plain.value)
    faults += [plain.placed(fault) for rule in (_faults_within, *rules) for fault in rule(survey, plain.file)]
    if faults:
        raise InvalidData(faults)
    return survey if survey.outcomes else replace(survey, levels={})


def _readable_part(data: Any) -> Survey:
    """What can be read of a survey with faults, each item at its place, so that its rules are checked all the same.

    An item with a fault has its code alone, as a question that others may refer to.
    """
    given = data if isinstance(data, dict) else {}
    per_review = given.get("outcomes_per_review")
    return Survey(
        *("", "", Status.WORKING_DRAFT, NOTHING, NOTHING, NOTHING),
        levels=given.get("levels") or {},
        outcomes=_readable(given.get("outcomes"), Outcome),
        questions=_readable(given.get("questions"), Question),
        outcomes_per_review=per_review if isinstance(per_review, int) else 0,
    )


def _readable(listed: Any, kind: type) -> tuple[Any, ...]:
    return tuple(_readable_item(each, kind) for each in listed) if isinstance(listed, list) else ()


def _readable_item(data: Any, kind: type) -> Any:
    try:
        return validated(PlainData(data), kind, CONVERTER)
    except InvalidData:
        code = data.get("code") if isinstance(data, dict) else None
        blank = Question("", Kind.CHOICES, NOTHING, options=(AnswerOption("", NOTHING),))
        return replace(blank, code=code) if isinstance(code, str) else blank


def _faults_within(survey: Survey, file: str) -> Iterator[DataFault]:
    """What a survey lacks, also one that was frozen, and codes and references that do not fit together."""
    if not survey.items:
        yield DataFault(file, "", "missing", "outcomes / questions")
    if survey.outcomes and not survey.levels:
        yield DataFault(file, "levels", "missing", ", ".join(LEVELS))
    yield from duplicates("", (item.code for item in survey.items))
    seen: set[str] = set()
    for number, question in enumerate(survey.questions, 1):
        path = f"questions[{number}]"
        yield from duplicates(path, (option.code for option in question.options))
        if question.kind in (Kind.CHOICE, Kind.CHOICES) and not question.options:
            yield DataFault(file, path, "missing", "options")
        if question.kind is Kind.RANKING and not question.most:
            yield DataFault(file, path, "missing", "most")
        if question.kind is Kind.RANKING and question.of not in seen:
            yield DataFault(file, path, "unknown_reference", question.of)
        if question.kind is Kind.CHOICES:
            seen.add(question.code)
