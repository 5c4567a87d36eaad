"""How much of a reflection is complete, by section, and what is missing."""

from enum import StrEnum

from surveys.schema import Item, Questionnaire, Survey

from app.domain.reflection.answers import Answers, is_answered


class SectionProgress(StrEnum):
    """The state of one section."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"


def progress_of(survey: Survey, answers: Answers) -> SectionProgress:
    """Return the state of a section: complete when nothing that is required is missing."""
    if not missing_in(survey, answers):
        return SectionProgress.COMPLETE
    begun = any(item.code in answers for item in survey.items)
    return SectionProgress.IN_PROGRESS if begun else SectionProgress.NOT_STARTED


def missing_in(survey: Survey, answers: Answers) -> tuple[Item, ...]:
    """Return the required items of a section that are not answered."""
    return tuple(item for item in survey.items if item.required and not is_answered(item, answers.get(item.code)))


def missing(questionnaire: Questionnaire, answers: Answers) -> tuple[Item, ...]:
    """Return every required item that is not answered, in the order of the questionnaire."""
    return tuple(item for survey in questionnaire for item in missing_in(survey, answers))


def answered_count(questionnaire: Questionnaire, answers: Answers) -> tuple[int, int]:
    """Return how many of the required items are answered, and how many there are."""
    required = sum(item.required for item in questionnaire.items.values())
    return required - len(missing(questionnaire, answers)), required
