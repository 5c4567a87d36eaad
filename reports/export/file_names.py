"""What the data files of a report are called."""

from reports import kinds
from reports.kinds import ReportWithData


def file_name(report: ReportWithData, language: str, ending: str) -> str:
    """Return the name of a file of a report, such as national-2026-en.csv or board-7A1-2026-cy.csv."""
    wording = kinds.wording(report)
    parts = (report.kind, wording.subject, wording.edition, str(report.imprint.year), language)
    return "-".join(part for part in parts if part) + f".{ending}"
