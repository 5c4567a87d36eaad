"""The national summary of a cycle."""

from pathlib import Path

from reports import press
from reports.national import NationalReport
from reports.page import national_page
from reports.press import Order

from app.domain.national import summarise
from app.domain.peer_part import peer_part
from app.services.results.material import Material


def report(material: Material) -> NationalReport:
    """The national summary made from this material."""
    taken, questionnaire = material.snapshot, material.questionnaire
    return NationalReport(
        imprint=material.imprint,
        figures=summarise(taken, questionnaire),
        questionnaire=questionnaire,
        boards=taken.boards,
        minimum_group=taken.minimum_group,
        peer=peer_part(taken, questionnaire),
    )


def pdf(made: NationalReport, language: str) -> bytes:
    """The national summary as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(national_page(made, language))


def order_pdf(made: NationalReport, language: str, folder: Path, *, again: bool = False) -> Order:
    """The national summary as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(national_page(made, language), folder, again=again)
