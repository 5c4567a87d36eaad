"""The workshop pack of a cluster: its reflection to discuss on paper."""

from pathlib import Path

from surveys.changes import Wording

from reports import press
from reports.pack import LastTime, WorkshopPack
from reports.page import pack_page
from reports.press import Order

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


def order_pack(reflection: Reflection, language: str, folder: Path, *, again: bool = False) -> Order:
    """The pack as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(pack_page(workshop_pack(reflection), language), folder, again=again)
