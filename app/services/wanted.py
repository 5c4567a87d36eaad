"""Which report somebody asks for, by the parts of its address: of the draft or of a published version."""

from datetime import datetime
from pathlib import Path
from typing import Any

from reports.orders import PdfJob, PdfJobState
from reports.page import ReportPage, page

from app.domain.refusals import RecordNotFound
from app.domain.report_key import KINDS, WALES, ReportKey
from app.models import Person, Publication, RequestedReport
from app.permissions import may
from app.services import archive, cycles, publications, reflections, reviews
from app.services.results import faces, shelf
from app.services.results import material as materials
from app.services.results import reviews as review_results
from app.services.results.shelf import Listed


def find(year: int, version: str, kind: str, code: str) -> RequestedReport:
    """The report with this address; RecordNotFound when there can be none."""
    if kind not in KINDS or (kind == "national") != (code == WALES):
        raise RecordNotFound("report", f"{kind} {code}")
    return RequestedReport(
        cycles.find(year),
        ReportKey(kind, code),
        publications.version(year, version),
        reflections.find(year, code) if kind in ("cluster", "peer") else None,
        reviews.of_cluster(year, code) if kind == "peer" else None,
    )


def report(asked: RequestedReport, minimum_group: int) -> Any:
    """The content of a report.

    RecordNotFound where it is not among those of the cycle, NotReturned for an open review.
    """
    if asked.publication:
        return shelf.report(publications.frozen(asked.publication), asked.key)
    if asked.review and asked.key.kind == "peer":
        return review_results.draft(asked.review)
    return shelf.report(materials.draft(asked.cycle, minimum_group), asked.key)


def as_page(asked: RequestedReport, language: str, minimum_group: int, now: datetime) -> ReportPage:
    """The report as a page: the archive's, or the draft as it stands."""
    if asked.publication:
        return archive.read_page(asked.publication, asked.key, language, now)
    return page(report(asked, minimum_group), language)


def as_data(asked: RequestedReport, language: str, face: str, minimum_group: int, now: datetime) -> bytes:
    """The report as "csv", "xlsx" or "json": the archive's, or the draft as it stands."""
    if asked.publication:
        return archive.read_data(asked.publication, asked.key, language, face, now)
    return faces.DATA[face](report(asked, minimum_group), language)


def as_pdf(
    asked: RequestedReport, language: str, place: tuple[Path, int], now: datetime, *, again: bool = False
) -> bytes | PdfJob:
    """The report as PDF, or its order until it is ready. `place`: the folder of the press, the minimum group."""
    folder, minimum_group = place
    if asked.publication:
        return archive.read_pdf(asked.publication, asked.key, language, folder, now, again=again)
    ordered = faces.order_pdf(report(asked, minimum_group), language, folder, again=again)
    return ordered.path.read_bytes() if ordered.stage is PdfJobState.READY else ordered


def newer(asked: RequestedReport) -> Publication | None:
    """The newest version, where the one asked for is an older one."""
    versions = publications.versions(asked.cycle.year)
    return versions[0] if asked.publication and versions[0].number > asked.publication.number else None


def readable(publication: Publication, person: Person) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """The reports of a version that a person may read, kind by kind."""
    material, cycle = publications.frozen(publication), publication.cycle
    clusters = {each.cluster.code: each for each in reflections.of_cycle(cycle.year)}
    reviewed = reviews.of_cycle_if_sound(cycle.year)

    def may_read(key: ReportKey) -> bool:
        wanted = RequestedReport(cycle, key, publication, clusters.get(key.code), reviewed.get(key.code))
        return may("report.read", person, wanted)

    return shelf.by_kind(Listed(key, shelf.name(material, key)) for key in shelf.keys(material) if may_read(key))
