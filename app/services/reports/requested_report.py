"""Find a report by the parts of its URL, and make it from the draft or a published version."""

from datetime import datetime
from pathlib import Path
from typing import Any

from reports.page import ReportPage, page

from app.domain.errors import RecordNotFound
from app.domain.reports.report_key import KINDS, WALES, ReportKey
from app.models import Person, Publication, RequestedReport
from app.permissions import may
from app.services.cycle.queries import find_cycle
from app.services.peer_review.review_queries import review_of_cluster, reviews_of_cycle_or_none
from app.services.reflection.queries import find_reflection, reflections_of_cycle
from app.services.reports.builders.peer_review import draft_review_report
from app.services.reports.catalogue import CatalogueEntry, build_report, group_by_kind, list_report_keys, report_name
from app.services.reports.formats import DATA, request_pdf
from app.services.reports.pdf_jobs import PdfJob, PdfJobState
from app.services.reports.published_files import published_data, published_page, published_pdf
from app.services.reports.queries import list_publications, publication_of_address, report_input_of
from app.services.reports.snapshots import draft_report_input


def find_requested_report(year: int, version: str, kind: str, code: str) -> RequestedReport:
    """Return the report for the parts of a URL; raise RecordNotFound if there can be none."""
    if kind not in KINDS or (kind == "national") != (code == WALES):
        raise RecordNotFound("report", f"{kind} {code}")
    return RequestedReport(
        find_cycle(year),
        ReportKey(kind, code),
        publication_of_address(year, version),
        find_reflection(year, code) if kind in ("cluster", "peer") else None,
        review_of_cluster(year, code) if kind == "peer" else None,
    )


def build_requested_report(asked: RequestedReport, minimum_group: int) -> Any:
    """Build a report.

    Raise RecordNotFound if the cycle does not have it, NotReturned if its review is not returned.
    """
    if asked.publication:
        return build_report(report_input_of(asked.publication), asked.key)
    if asked.review and asked.key.kind == "peer":
        return draft_review_report(asked.review)
    return build_report(draft_report_input(asked.cycle, minimum_group), asked.key)


def as_page(asked: RequestedReport, language: str, minimum_group: int, now: datetime) -> ReportPage:
    """Return the report as a page, from the published version or the present draft."""
    if asked.publication:
        return published_page(asked.publication, asked.key, language, now)
    return page(build_requested_report(asked, minimum_group), language)


def as_data(asked: RequestedReport, language: str, face: str, minimum_group: int, now: datetime) -> bytes:
    """Return the report as "csv", "xlsx" or "json", from the published version or the present draft."""
    if asked.publication:
        return published_data(asked.publication, asked.key, language, face, now)
    return DATA[face](build_requested_report(asked, minimum_group), language)


def as_pdf(
    asked: RequestedReport, language: str, place: tuple[Path, int], now: datetime, *, again: bool = False
) -> bytes | PdfJob:
    """Return the report as PDF, or the job that makes it. `place`: the folder of the PDFs and the minimum group."""
    folder, minimum_group = place
    if asked.publication:
        return published_pdf(asked.publication, asked.key, language, folder, now, again=again)
    ordered = request_pdf(build_requested_report(asked, minimum_group), language, folder, again=again)
    return ordered.path.read_bytes() if ordered.stage is PdfJobState.READY else ordered


def newer_publication(asked: RequestedReport) -> Publication | None:
    """Return the newest version if the requested one is older, else None."""
    versions = list_publications(asked.cycle.year)
    return versions[0] if asked.publication and versions[0].number > asked.publication.number else None


def readable_reports(publication: Publication, person: Person) -> tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]:
    """Return the reports of a version that a person may read, grouped by kind."""
    material, cycle = report_input_of(publication), publication.cycle
    clusters = {each.cluster.code: each for each in reflections_of_cycle(cycle.year)}
    reviewed = reviews_of_cycle_or_none(cycle.year)

    def may_read(key: ReportKey) -> bool:
        wanted = RequestedReport(cycle, key, publication, clusters.get(key.code), reviewed.get(key.code))
        return may("report.read", person, wanted)

    return group_by_kind(
        CatalogueEntry(key, report_name(material, key)) for key in list_report_keys(material) if may_read(key)
    )
