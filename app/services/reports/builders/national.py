"""The national summary of a cycle."""

from reports.national.report import NationalReport

from app.domain.reports.national import summarise
from app.domain.reports.peer_review import peer_part
from app.domain.reports.trends import over_years
from app.domain.themes.theme_counts import shown_themes
from app.services.reports.snapshots import ReportInput


def build_national_report(material: ReportInput) -> NationalReport:
    """Build the national summary."""
    taken, questionnaire = material.snapshot, material.questionnaire
    return NationalReport(
        imprint=material.imprint,
        figures=summarise(taken, questionnaire),
        questionnaire=questionnaire,
        boards=taken.boards,
        minimum_group=taken.minimum_group,
        over_years=over_years(taken, material.questionnaires),
        themes=shown_themes(taken.themes, submitted=len(taken.submitted), minimum=taken.minimum_group),
        peer=peer_part(taken, questionnaire),
    )
