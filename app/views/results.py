"""The national summary: as a page, and as a PDF that is made while people go on working."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from app.i18n import gettext as _
from app.i18n import language
from app.models import Cycle
from app.permissions import allow
from app.services import cycles
from app.services import results as figures
from app.views import pdf, settings

results = Blueprint("results", __name__, url_prefix="/results/<int(max=9999):year>")


@results.route("/national")
@allow("cycle.report", of=cycles.find)
def national(cycle: Cycle) -> str:
    """The national summary as a page."""
    report = figures.national(cycle, settings().minimum_group)
    return render_template("results/national.html", report=report, cycle=cycle, nonce=g.nonce)


@results.route("/national.pdf")
@allow("cycle.report", of=cycles.find)
def national_pdf(cycle: Cycle) -> Any:
    """The national summary as PDF; until it is ready, a page that looks again by itself."""
    report = figures.national(cycle, settings().minimum_group)
    folder = settings().instance / "reports"
    ordered = figures.order_national_pdf(report, language(), folder, again="again" in request.args)
    return pdf(
        ordered,
        name=_("national-summary-%(year)s.pdf", year=cycle.year),
        back=url_for("results.national", year=cycle.year),
        back_to=_("National summary of %(year)s", year=cycle.year),
    )
