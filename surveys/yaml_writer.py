"""Write a survey as YAML, laid out so that a diff shows only what was reworded."""

import json
from collections.abc import Iterator
from itertools import takewhile
from textwrap import wrap

import yaml

from surveys.schema import LANGUAGES, BilingualText, Outcome, Survey

WIDEST = 100
"""Columns; a longer text is folded."""


def yaml_of(survey: Survey, comment: str = "") -> str:
    """Return the YAML of a survey of outcomes, below the leading comment of its file."""
    if survey.questions:
        raise ValueError(f"{survey.slug}: only outcomes are written, and it asks questions")
    outcomes = "\n\n".join("\n".join(_outcome(outcome)) for outcome in survey.outcomes)
    return comment + "\n".join((*_head(survey), outcomes)) + "\n"


def leading_comment(text: str) -> str:
    """Return the comment lines at the beginning of a definition."""
    return "".join(takewhile(lambda line: line.startswith("#") or not line.strip(), text.splitlines(keepends=True)))


def _head(survey: Survey) -> Iterator[str]:
    for key in ("slug", "edition", "status"):
        yield f"{key}: {_scalar(str(getattr(survey, key)))}"
    for key in ("title", "introduction", "source"):
        yield from _text("", key, getattr(survey, key))
    yield f"outcomes_per_review: {survey.outcomes_per_review}"
    yield "levels:"
    for level, name in survey.levels.items():
        names = ", ".join(f"{language}: {_scalar(name[language], '{}')}" for language in LANGUAGES)
        yield f"  {level}: {{{names}}}"
    yield from ("", "outcomes:")


def _outcome(outcome: Outcome) -> Iterator[str]:
    yield f"  - code: {_scalar(outcome.code)}"
    inside = " " * 4
    yield from _text(inside, "title", outcome.title)
    yield from _text(inside, "statement", outcome.statement)
    yield f"{inside}descriptors:"
    for level, descriptor in outcome.descriptors.items():
        yield from _text(f"{inside}  ", level, descriptor)
    for key in ("prompts", "evidence"):
        yield f"{inside}{key}:"
        for each in getattr(outcome, key):
            yield from _languages(f"{inside}  - ", each)
    yield from _text(inside, "drawn_from", outcome.drawn_from)


def _text(inside: str, key: str, text: BilingualText) -> Iterator[str]:
    yield f"{inside}{key}:"
    yield from _languages(f"{inside}  ", text)


def _languages(start: str, text: BilingualText) -> Iterator[str]:
    """Yield a line for each language, the first after `start`, the others indented below."""
    inside = " " * len(start)
    for language in LANGUAGES:
        line = f"{start}{language}: {_scalar(text[language])}"
        if len(line) <= WIDEST:
            yield line
        else:
            yield f"{start}{language}: >-"
            folded = wrap(text[language], WIDEST - len(inside) - 2, break_long_words=False, break_on_hyphens=False)
            yield from (f"{inside}  {each}" for each in folded)
        start = inside


def _scalar(text: str, around: str = "  ") -> str:
    """Return the text unquoted if YAML reads it back unchanged (in braces if `around` says so), otherwise quoted."""
    try:
        is_plain = yaml.load(f"{around[0]}key: {text}{around[1]}", yaml.CSafeLoader) == {"key": text}
    except yaml.YAMLError:
        is_plain = False
    return text if is_plain else json.dumps(text, ensure_ascii=False)
