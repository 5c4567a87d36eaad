"""The pages and files of reports, published and draft; the URL of a published one never changes."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_login import current_user

from app.i18n import gettext as _
from app.i18n import language
from app.models import Publication, RequestedReport
from app.permissions import allow
from app.services.reports.formats import FORMATS
from app.services.reports.queries import find_publication, list_publications, newest_publications
from app.services.reports.requested_report import (
    as_data,
    as_page,
    as_pdf,
    find_requested_report,
    newer_publication,
    readable_reports,
)
from app.views.context import now, settings
from app.views.pdf_response import pdf_response
from app.views.reports import blueprint

PATH = "/reports"


@blueprint.route(f"{PATH}/")
@allow("public")
def all_cycles() -> str:
    """List the published cycles, newest first."""
    return render_template("reports/all_cycles.html", newest=newest_publications())


@blueprint.route(f"{PATH}/<int(max=9999):year>/<int(max=9999):number>/")
@allow("public", of=find_publication)
def version(publication: Publication) -> str:
    """List the reports of a published version that this person may read, and the other versions."""
    listed = readable_reports(publication, current_user)
    versions = list_publications(publication.cycle_year)
    return render_template("reports/version.html", publication=publication, listed=listed, versions=versions)


@blueprint.route(f"{PATH}/<int(max=9999):year>/<version>/<kind>/<code>")
@allow("report.read", of=find_requested_report)
def read(asked: RequestedReport) -> str:
    """Show a report as a page."""
    shown = as_page(asked, language(), settings().minimum_group, now())
    newer = newer_publication(asked)
    return render_template("reports/report.html", asked=asked, shown=shown, newer=newer)


@blueprint.route(f"{PATH}/<int(max=9999):year>/<version>/<kind>/<code>.<any(csv, xlsx, json):face>")
@allow("report.read", of=find_requested_report)
def data(asked: RequestedReport, face: str) -> Response:
    """Return the data of a report as CSV, XLSX or JSON."""
    made = as_data(asked, language(), face, settings().minimum_group, now())
    return _file(made, asked, face)


@blueprint.route(f"{PATH}/<int(max=9999):year>/<version>/<kind>/<code>.pdf")
@allow("report.read", of=find_requested_report)
def pdf(asked: RequestedReport) -> Any:
    """Return a report as PDF; until it is ready, a page that reloads itself."""
    place = settings().instance / "reports", settings().minimum_group
    found = as_pdf(asked, language(), place, now(), again="again" in request.args)
    if isinstance(found, bytes):
        return _file(found, asked, "pdf")
    back = url_for("reports.read", **asked.address)
    return pdf_response(found, name=asked.file_name(language(), "pdf"), back=back, back_to=_("The report as a page"))


def _file(content: bytes, asked: RequestedReport, face: str) -> Response:
    response = Response(content, content_type=FORMATS[face])
    response.headers["Content-Disposition"] = f'inline; filename="{asked.file_name(language(), face)}"'
    return response
