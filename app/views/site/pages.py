"""The start page and the pages that everybody may read."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.errors import DatabaseReplaced
from app.domain.people.roles import OF_A_CLUSTER
from app.permissions import allow
from app.services.cycle.queries import finished_rounds, list_cycles
from app.services.database.schema import is_database_alive
from app.services.organisations.queries import list_boards
from app.services.peer_review.review_queries import reviews_of_person
from app.services.reflection.queries import load_reflection, reflections_of_clusters
from app.views.context import now
from app.views.site import blueprint

doors = Blueprint("doors", __name__)
"""The pages without a language in their URL."""


@doors.route("/")
@allow("public")
def front() -> Response:
    """Redirect to the start page in the language of the person or their browser."""
    return redirect(url_for("site.start"))


@doors.route("/health")
@allow("public")
def health() -> Response:
    """Tell a monitor whether the database is ready: 200 or 503, as text."""
    try:
        said, status = ("ok", 200) if is_database_alive() else ("the database is not ready", 503)
    except DatabaseReplaced:
        said, status = "the database file was removed or replaced: put the right one there, restart the service", 503
    return Response(f"{said}\n", status, mimetype="text/plain")


@blueprint.route("/")
@allow("public")
def start() -> str:
    """Show what the service is; to somebody signed in, their tasks."""
    if not current_user.is_authenticated:
        return render_template("site/welcome.html")
    mine = reflections_of_clusters(held.cluster_id for held in current_user.holds(*OF_A_CLUSTER))
    overviews = [load_reflection(each, now()) for each in mine]
    return render_template(
        "site/start.html",
        overviews=overviews,
        peer_reviews=reviews_of_person(current_user),
        cycles=list_cycles(),
        finished=finished_rounds(now()),
        boards=list_boards(),
    )


@blueprint.route("/help")
@allow("public")
def help() -> str:  # noqa: A001 - the name of the page
    """Show how the service works and whom to ask."""
    return render_template("site/help.html")


@blueprint.route("/accessibility")
@allow("public")
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("site/accessibility.html")


@blueprint.route("/privacy")
@allow("public")
def privacy() -> str:
    """Show what data about people is stored, and why."""
    return render_template("site/privacy.html")
