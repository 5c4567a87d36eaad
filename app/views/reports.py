"""Reports for those who read them: published ones have an address for ever, drafts only until then."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for
from flask_login import current_user

from reports.page import page

from app.i18n import gettext as _
from app.i18n import language
from app.models import Publication, WantedReport
from app.permissions import allow
from app.services import archive, publications, wanted
from app.services.results import faces
from app.views import now, pdf, settings

reports = Blueprint("reports", __name__, url_prefix="/reports")


@reports.route("/")
@allow("public")
def everything() -> str:
    """The published cycles, the newest first."""
    return render_template("reports/everything.html", newest=publications.newest())


@reports.route("/<int(max=9999):year>/<int(max=9999):number>/")
@allow("public", of=publications.find)
def contents(publication: Publication) -> str:
    """One published version: its reports that this person may read, and the other versions."""
    listed = wanted.readable(publication, current_user)
    versions = publications.versions(publication.cycle_year)
    return render_template("reports/contents.html", publication=publication, listed=listed, versions=versions)


@reports.route("/<int(max=9999):year>/<version>/<kind>/<code>")
@allow("report.read", of=wanted.find)
def read(asked: WantedReport) -> str:
    """A report as a page."""
    shown = (
        archive.read_page(asked.publication, asked.key, language(), now())
        if asked.publication
        else page(wanted.report(asked, settings().minimum_group), language())
    )
    newer = wanted.newer(asked)
    return render_template("reports/report.html", asked=asked, shown=shown, newer=newer, nonce=g.nonce)


@reports.route("/<int(max=9999):year>/<version>/<kind>/<code>.<any(csv, xlsx, json):face>")
@allow("report.read", of=wanted.find)
def data(asked: WantedReport, face: str) -> Response:
    """The data of a report, for analysts."""
    made = (
        archive.read_data(asked.publication, asked.key, language(), face, now())
        if asked.publication
        else faces.DATA[face](wanted.report(asked, settings().minimum_group), language())
    )
    return _file(made, asked, face)


@reports.route("/<int(max=9999):year>/<version>/<kind>/<code>.pdf")
@allow("report.read", of=wanted.find)
def printed(asked: WantedReport) -> Any:
    """A report as PDF; until it is ready, a page that looks again by itself."""
    folder, again = settings().instance / "reports", "again" in request.args
    if asked.publication:
        kept = archive.read_pdf(asked.publication, asked.key, language(), folder, now(), again=again)
        if isinstance(kept, bytes):
            return _file(kept, asked, "pdf")
        ordered = kept
    else:
        made = wanted.report(asked, settings().minimum_group)
        ordered = faces.order_pdf(made, language(), folder, again=again)
    back = url_for("reports.read", **asked.address)
    return pdf(ordered, name=asked.file_name(language(), "pdf"), back=back, back_to=_("The report as a page"))


def _file(content: bytes, asked: WantedReport, face: str) -> Response:
    response = Response(content, content_type=faces.FACES[face])
    response.headers["Content-Disposition"] = f'inline; filename="{asked.file_name(language(), face)}"'
    return response
