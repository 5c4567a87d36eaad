"""The workshop pack of a cluster: the outcomes of its reflection on paper, for a discussion."""

from surveys.changes import WordingStatus

from reports.workshop_pack.report import PreviousOutcome, WorkshopPack

from app.domain.reflection.answers import level_of
from app.domain.reports.discussion_questions import truncate_to_line
from app.models import Reflection
from app.services.reflection.previous_answers import PreviousAnswer, previous_answers_by_item
from app.services.survey.queries import questionnaire_of
from config import VERSION

PROMISE = 200
"""The most characters of the previous next step that fit on a page."""


def build_workshop_pack(reflection: Reflection) -> WorkshopPack:
    """Return the content of the workshop pack of this cluster and cycle."""
    questionnaire = questionnaire_of(reflection.cycle)
    before = previous_answers_by_item(reflection, questionnaire.outcomes)
    return WorkshopPack(
        year=reflection.cycle_year,
        synthetic=reflection.cycle.synthetic,
        cluster=reflection.cluster.name,
        board=reflection.board.name,
        questionnaire=questionnaire,
        app_version=VERSION,
        last_time={code: _last_time(found[0]) for code, found in before.items() if found},
    )


def _last_time(before: PreviousAnswer) -> PreviousOutcome:
    return PreviousOutcome(
        year=before.year,
        level=before.questionnaire.levels.get(level_of(before.content)),
        is_reworded=before.wording is not WordingStatus.SAME,
        promise=truncate_to_line(before.content.get("next_step", ""), PROMISE),
        language=before.language,
    )
