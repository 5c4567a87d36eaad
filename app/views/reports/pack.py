"""The report pack: staff start it, it is made in the background, and they download it when it is complete."""

from typing import Any

from flask import redirect, render_template, send_file, url_for

from reports.pdf.failures import in_words

from app.domain.errors import RecordNotFound
from app.forms.accounts import ConfirmForm
from app.i18n import language
from app.models import Cycle
from app.permissions import allow
from app.services.cycle.queries import find_cycle
from app.services.reports.pack import pack_progress, pack_source, start_pack
from app.views.context import settings
from app.views.reports import blueprint

PATH = "/cycles/<int(max=9999):year>/reports/pack"


@blueprint.route(f"{PATH}/<version>", methods=["GET", "POST"])
@allow("cycle.publish", of=find_cycle)
def pack(cycle: Cycle, version: str) -> Any:
    """Show the progress of the pack; a button starts or resumes it."""
    edition = pack_source(cycle, version, settings().minimum_group)
    if ConfirmForm().validate_on_submit():
        start_pack(edition, settings())
        return redirect(url_for("reports.pack", year=cycle.year, version=version))
    progress = pack_progress(edition, settings())
    failed = in_words(progress.failed, language())
    return render_template("reports/pack.html", cycle=cycle, version=version, progress=progress, failed=failed)


@blueprint.route(f"{PATH}/<version>.zip")
@allow("cycle.publish", of=find_cycle)
def pack_file(cycle: Cycle, version: str) -> Any:
    """Return the pack; raise RecordNotFound until it is complete."""
    edition = pack_source(cycle, version, settings().minimum_group)
    ready = pack_progress(edition, settings()).ready
    if ready is None:
        raise RecordNotFound("pack", version)
    return send_file(ready, "application/zip", as_attachment=True, download_name=ready.name)
