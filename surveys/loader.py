"""Reads surveys: YAML or frozen JSON to dataclasses, every fault reported at once."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from surveys.faults import DataFault, InvalidData
from surveys.node import Node
from surveys.older_content import with_later_keys
from surveys.rules import faults_between, faults_of, missing_roles
from surveys.schema import LEVELS, AnswerOption, Kind, Outcome, Question, Questionnaire, QuestionRole, Status, Survey

DEFINITIONS = Path(__file__).parent / "definitions"
JOURNEY = ("about_the_cluster", "pcmw", "acd", "system_factors", "closing")
"""The surveys in the order in which a cluster meets them."""

HEAD = ("slug", "edition", "status", "title", "introduction", "source")
OUTCOME_KEYS = ("code", "title", "statement", "descriptors", "prompts", "evidence", "drawn_from")
QUESTION_OPTIONAL = ("role", "hint", "required", "options", "minimum", "maximum", "of", "most")
QUESTION_KINDS = tuple(kind.value for kind in Kind if kind is not Kind.OUTCOME)


class _UniqueKeyLoader(yaml.CSafeLoader):  # the parser in C takes a tenth of the time
    """A YAML loader that refuses a key that occurs twice, where YAML would silently keep the last."""


def _mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key, (key_node, _) in zip(keys, node.value, strict=True):
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate_key:{key}", key_node.start_mark)
    return loader.construct_mapping(node, deep=True)


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


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


def read_yaml(path: Path) -> Node:
    """What stands in a YAML file, to be read place by place; InvalidData when it cannot be read at all."""
    node = Node(None, path.name, [])
    try:
        return Node(yaml.load(path.read_text("utf-8"), _UniqueKeyLoader), path.name, node.faults)  # noqa: S506 - _Strict is a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        _note_unreadable(node, error)
        raise InvalidData(node.faults) from error


def read_frozen(content: str, content_hash: str) -> Survey:
    """The survey that `Survey.canonical` wrote, with the hash that was stored beside it.

    Also where it is older than a rule of surveys.rules, or than a field of surveys.schema.
    """
    return replace(_checked(Node(with_later_keys(json.loads(content)), "frozen", [])), frozen_hash=content_hash)


def read_content(content: object, file: str) -> Survey:
    """The survey in what a file said, as YAML would give it; InvalidData when anything is wrong with it."""
    return _checked(Node(content, file, []), faults_of)


def _note_unreadable(node: Node, error: Exception) -> None:
    problem = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    line = f", line / llinell {mark.line + 1}" if mark else ""
    code, _, detail = problem.partition(":") if problem.startswith("duplicate_key:") else ("unreadable", "", problem)
    node.fault(code, detail + line)


def _checked(node: Node, *rules: Callable[[Survey, str], Iterable[DataFault]]) -> Survey:
    survey = _survey(node)
    node.faults.extend(fault for rule in rules for fault in rule(survey, node.file))
    if node.faults:
        raise InvalidData(node.faults)
    return survey


def _survey(node: Node) -> Survey:
    node.expect_keys(HEAD, ("outcomes_per_review", "levels", "outcomes", "questions"))
    if not (node.child("outcomes").value or node.child("questions").value):
        node.fault("missing", "outcomes / questions")
    survey = Survey(
        slug=node.string("slug"),
        edition=node.string("edition"),
        status=Status(node.one_of("status", tuple(Status)) or Status.WORKING_DRAFT),
        title=node.text("title"),
        introduction=node.text("introduction"),
        source=node.text("source"),
        levels=_by_level(node, "levels") if node.child("outcomes").value else {},
        outcomes=tuple(_outcome(outcome) for outcome in node.elements("outcomes")),
        questions=tuple(_question(question) for question in node.elements("questions")),
        outcomes_per_review=node.integer("outcomes_per_review"),
    )
    _note_duplicates(node, (item.code for item in survey.items))
    _note_broken_references(node, survey)
    return survey


def _by_level(node: Node, key: str) -> dict[str, Any]:
    levels = node.child(key)
    if levels.value is None:
        levels.fault("missing", ", ".join(LEVELS))
        return {}
    levels.expect_keys(LEVELS)
    return {level: levels.text(level) for level in LEVELS}


def _outcome(node: Node) -> Outcome:
    node.expect_keys(OUTCOME_KEYS)
    return Outcome(
        code=node.string("code"),
        title=node.text("title"),
        statement=node.text("statement"),
        descriptors=_by_level(node, "descriptors") if node.child("descriptors").value else {},
        prompts=tuple(prompt.as_text() for prompt in node.elements("prompts")),
        evidence=tuple(example.as_text() for example in node.elements("evidence")),
        drawn_from=node.text("drawn_from"),
    )


def _question(node: Node) -> Question:
    node.expect_keys(("code", "kind", "title"), QUESTION_OPTIONAL)
    question = Question(
        code=node.string("code"),
        kind=Kind(node.one_of("kind", QUESTION_KINDS) or Kind.TEXT),
        title=node.text("title"),
        hint=node.optional_text("hint"),
        required=node.boolean("required", default=True),
        options=tuple(_option(option) for option in node.elements("options")),
        minimum=node.integer("minimum"),
        maximum=node.integer("maximum"),
        of=node.string("of"),
        most=node.integer("most"),
        role=QuestionRole(role) if (role := node.one_of("role", tuple(QuestionRole))) else None,
    )
    _note_what_the_kind_lacks(node, question)
    return question


def _option(node: Node) -> AnswerOption:
    node.expect_keys(("code", "label"), ("hint", "detail", "exclusive", "needs_detail"))
    return AnswerOption(
        code=node.string("code"),
        label=node.text("label"),
        hint=node.optional_text("hint"),
        detail=node.optional_text("detail"),
        exclusive=node.boolean("exclusive", default=False),
        needs_detail=node.boolean("needs_detail", default=False),
    )


def _note_what_the_kind_lacks(node: Node, question: Question) -> None:
    if question.kind in (Kind.CHOICE, Kind.CHOICES) and not question.options:
        node.fault("missing", "options")
    if question.kind is Kind.RANKING and not question.most:
        node.fault("missing", "most")
    _note_duplicates(node, (option.code for option in question.options))


def _note_duplicates(node: Node, codes: Iterable[str]) -> None:
    listed = [code for code in codes if code]
    for code in sorted({code for code in listed if listed.count(code) > 1}):
        node.fault("duplicate_code", code)


def _note_broken_references(node: Node, survey: Survey) -> None:
    seen: set[str] = set()
    for question, place in zip(survey.questions, node.elements("questions"), strict=True):
        if question.kind is Kind.RANKING and question.of not in seen:
            place.fault("unknown_reference", question.of)
        if question.kind is Kind.CHOICES:
            seen.add(question.code)
