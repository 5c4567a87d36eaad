"""The workshop pack of a cluster: its reflection to discuss on paper."""

from pathlib import Path

from reports import press
from reports.pack import WorkshopPack
from reports.page import pack_page
from reports.press import Order

from app.models import Reflection
from app.services import cycles
from config import VERSION


def workshop_pack(reflection: Reflection) -> WorkshopPack:
    """What stands in the pack of this cluster and cycle."""
    return WorkshopPack(
        year=reflection.cycle_year,
        synthetic=reflection.cycle.synthetic,
        cluster=reflection.cluster.name,
        board=reflection.board.name,
        questionnaire=cycles.questionnaire(reflection.cycle),
        app_version=VERSION,
    )


def order_pack(reflection: Reflection, language: str, folder: Path, *, again: bool = False) -> Order:
    """The pack as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(pack_page(workshop_pack(reflection), language), folder, again=again)
