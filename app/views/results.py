"""Reports: as a page, and as a PDF that is made while people go on working."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from app.i18n import gettext as _
from app.i18n import language
from app.models import Cycle, Review
from app.permissions import allow
from app.services import cycles, reviews
from app.services.results import faces, material
from app.services.results import national as national_results
from app.services.results import reviews as review_results
from app.views import pdf, settings

results = Blueprint("results", __name__, url_prefix="/results/<int(max=9999):year>")


@results.route("/national")
@allow("cycle.report", of=cycles.find)
def national(cycle: Cycle) -> str:
    """The national summary as a page."""
    report = national_results.report(material.draft(cycle, settings().minimum_group))
    return render_template("results/national.html", report=report, cycle=cycle, nonce=g.nonce)


@results.route("/national.pdf")
@allow("cycle.report", of=cycles.find)
def national_pdf(cycle: Cycle) -> Any:
    """The national summary as PDF; until it is ready, a page that looks again by itself."""
    report = national_results.report(material.draft(cycle, settings().minimum_group))
    folder = settings().instance / "reports"
    ordered = faces.order_pdf(report, language(), folder, again="again" in request.args)
    return pdf(
        ordered,
        name=_("national-summary-%(year)s.pdf", year=cycle.year),
        back=url_for("results.national", year=cycle.year),
        back_to=_("National summary of %(year)s", year=cycle.year),
    )


@results.route("/reviews/<cluster>")
@allow("review.read", of=reviews.find)
def review(found: Review) -> str:
    """The report of one peer review as a page."""
    address = url_for("results.review_pdf", year=found.cycle_year, cluster=found.reviewed.code)
    report = review_results.draft(found)
    return render_template("results/peer.html", report=report, review=found, nonce=g.nonce, pdf_address=address)


@results.route("/reviews/<cluster>.pdf")
@allow("review.read", of=reviews.find)
def review_pdf(found: Review) -> Any:
    """The report of one peer review as PDF; until it is ready, a page that looks again by itself."""
    folder = settings().instance / "reports"
    ordered = faces.order_pdf(review_results.draft(found), language(), folder, again="again" in request.args)
    return pdf(
        ordered,
        name=_("peer-review-%(year)s.pdf", year=found.cycle_year),
        back=url_for("results.review", year=found.cycle_year, cluster=found.reviewed.code),
        back_to=_("Report of the peer review"),
    )
