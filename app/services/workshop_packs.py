"""The workshop pack of a cluster: its reflection to discuss on paper."""

from surveys.changes import Wording

from reports.workshop_pack import LastTime, WorkshopPack

from app.domain.answers import level_of
from app.models import Reflection
from app.services import cycles, earlier
from app.services.earlier import Earlier
from config import VERSION


def workshop_pack(reflection: Reflection) -> WorkshopPack:
    """What stands in the pack of this cluster and cycle."""
    questionnaire = cycles.questionnaire(reflection.cycle)
    before = earlier.by_item(reflection, questionnaire.outcomes)
    return WorkshopPack(
        year=reflection.cycle_year,
        synthetic=reflection.cycle.synthetic,
        cluster=reflection.cluster.name,
        board=reflection.board.name,
        questionnaire=questionnaire,
        app_version=VERSION,
        last_time={code: _last_time(found[0]) for code, found in before.items() if found},
    )


def _last_time(before: Earlier) -> LastTime:
    return LastTime(
        before.year,
        before.questionnaire.levels.get(level_of(before.content)),
        before.wording is not Wording.SAME,
        before.content.get("next_step", ""),
    )
