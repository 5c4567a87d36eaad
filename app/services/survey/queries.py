"""The questionnaire of a cycle, the professional groups, a survey by its slug."""

from pathlib import Path

from sqlalchemy import select

from surveys.loader import current_questionnaire, load_questionnaire, read_frozen
from surveys.schema import AnswerOption, Questionnaire, Survey

from app.db import session
from app.domain.errors import InvalidValue, RecordNotFound
from app.models import Cycle


def questionnaire_of(cycle: Cycle) -> Questionnaire:
    """The surveys as they were frozen for this cycle, parsed once a process."""
    hashes = tuple(survey.content_hash for survey in cycle.surveys)
    if hashes not in _parsed:
        _parsed[hashes] = Questionnaire(tuple(read_frozen(each.content, each.content_hash) for each in cycle.surveys))
    return _parsed[hashes]


_parsed: dict[tuple[str, ...], Questionnaire] = {}
"""Content hashes of the surveys of a cycle -> its questionnaire; it grows by one a year."""


def list_professional_groups() -> tuple[AnswerOption, ...]:
    """The professional groups in the newest wording: of the newest cycle, or of the files before there is one."""
    newest = session.scalar(select(Cycle).order_by(Cycle.year.desc()).limit(1))
    return (questionnaire_of(newest) if newest else current_questionnaire()).groups


def find_survey(slug: str, definitions: Path) -> Survey:
    """A survey of outcomes as it is worded now; RecordNotFound, or InvalidValue when it asks questions."""
    surveys = {survey.slug: survey for survey in load_questionnaire(definitions)}
    if slug not in surveys:
        raise RecordNotFound("survey", slug, [survey.slug for survey in surveys.values() if survey.outcomes])
    if surveys[slug].questions:
        raise InvalidValue("asks_questions", slug)
    return surveys[slug]
