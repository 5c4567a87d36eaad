"""The pages on which staff read the draft reports of a cycle and publish them."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from app.forms.reports import publication_form
from app.forms.submitted_fields import is_switching_language
from app.i18n import local
from app.messages.reports import NOT_PUBLISHED
from app.models import Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle, is_cycle_over
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.publication_draft import PublicationDraft, load_publication_draft
from app.services.reports.queries import list_publications
from app.views.context import now, settings
from app.views.reports import blueprint

PATH = "/cycles/<int(max=9999):year>/reports"


@blueprint.route(f"{PATH}/")
@allow("cycle.publish", of=find_cycle)
def drafts(cycle: Cycle) -> str:
    """List the draft reports of a cycle and its published versions."""
    draft = load_publication_draft(cycle, settings().minimum_group)
    versions, is_over = list_publications(cycle.year), is_cycle_over(cycle, now())
    return render_template("reports/drafts.html", cycle=cycle, draft=draft, versions=versions, is_over=is_over)


@blueprint.route(f"{PATH}/publish", methods=["GET", "POST"])
@allow("cycle.publish", of=find_cycle)
def publication(cycle: Cycle) -> Any:
    """Publish the present draft, as a first version or as a correction."""
    draft = load_publication_draft(cycle, settings().minimum_group)
    form = publication_form(is_first=draft.is_first, changed=[local(each.name) for each in draft.told_apart])
    if is_switching_language() or not form.validate_on_submit():
        form.base_version.data = form.base_version.data or draft.hash
        return _page(cycle, draft, form)
    said = PublicationStatement(form.base_version.data, form.correction, form.agreed)
    try:
        made = publish_reports(cycle, current_user, now(), settings().minimum_group, said)
    except tuple(NOT_PUBLISHED) as refused:
        form.base_version.data = draft.hash  # the form now refers to the present draft, which staff must read
        return _page(cycle, draft, form, refused=NOT_PUBLISHED[type(refused)]), 409
    return redirect(url_for("reports.version", year=made.cycle_year, number=made.number))


def _page(cycle: Cycle, draft: PublicationDraft, form: Any, refused: str = "") -> str:
    is_over = is_cycle_over(cycle, now())
    return render_template(
        "reports/publish.html", cycle=cycle, draft=draft, form=form, refused=refused, is_over=is_over
    )
