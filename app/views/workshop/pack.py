"""The workshop pack."""

from typing import Any

from flask import request, url_for

from app.i18n import gettext as _
from app.i18n import language, local
from app.models import Reflection
from app.permissions import allow
from app.services.reflection.queries import find_reflection
from app.services.reports.formats import request_pdf
from app.services.workshop.pack import build_workshop_pack
from app.views.context import settings
from app.views.pdf_response import pdf_response
from app.views.workshop import blueprint


@blueprint.route("/reflections/<int(max=9999):year>/<cluster>/pack.pdf")
@allow("reflection.draft", of=find_reflection)
def pack(reflection: Reflection) -> Any:
    """Return the workshop pack as PDF; until it is ready, a page that reloads itself."""
    ordered = request_pdf(
        build_workshop_pack(reflection),
        language(),
        settings().instance / "reports",
        again="again" in request.args,
    )
    where: dict[str, Any] = {"cluster": reflection.cluster.code, "year": reflection.cycle_year}
    return pdf_response(
        ordered,
        name=_("workshop-pack-%(cluster)s-%(year)s.pdf", **where),
        back=url_for("reflection.tasks", **where),
        back_to=_("All sections: %(cluster)s", cluster=local(reflection.cluster.name)),
    )
