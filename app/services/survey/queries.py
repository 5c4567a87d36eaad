"""Queries for surveys: the questionnaire of a cycle, the professional groups, a survey by its slug."""

from pathlib import Path

from sqlalchemy import select

from surveys.loader import current_questionnaire, load_questionnaire, read_frozen
from surveys.schema import AnswerOption, Questionnaire, Survey

from app.db import session
from app.domain.errors import InvalidValue, RecordNotFound
from app.models import Cycle


def questionnaire_of(cycle: Cycle) -> Questionnaire:
    """Return the frozen surveys of this cycle, parsed once a process."""
    hashes = tuple(survey.content_hash for survey in cycle.surveys)
    if hashes not in _parsed:
        _parsed[hashes] = Questionnaire(tuple(read_frozen(each.content, each.content_hash) for each in cycle.surveys))
    return _parsed[hashes]


_parsed: dict[tuple[str, ...], Questionnaire] = {}
"""Content hashes of the surveys of a cycle -> its questionnaire; one entry a cycle."""


def list_professional_groups() -> tuple[AnswerOption, ...]:
    """Return the professional groups of the newest cycle; of the definition files if there is no cycle."""
    newest = session.scalar(select(Cycle).order_by(Cycle.year.desc()).limit(1))
    return (questionnaire_of(newest) if newest else current_questionnaire()).groups


def find_survey(slug: str, definitions: Path) -> Survey:
    """Return a survey of outcomes from the definition files.

    Raise RecordNotFound if there is none with that slug, InvalidValue if it has questions.
    """
    surveys = {survey.slug: survey for survey in load_questionnaire(definitions)}
    if slug not in surveys:
        raise RecordNotFound("survey", slug, [survey.slug for survey in surveys.values() if survey.outcomes])
    if surveys[slug].questions:
        raise InvalidValue("asks_questions", slug)
    return surveys[slug]
