"""The task list of a reflection, and the pages that show its answers."""

from flask import render_template
from flask_login import current_user

from app.domain.reflection.answers import is_answered
from app.domain.reflection.completion import progress_of
from app.models import Reflection
from app.permissions import allow, may
from app.services.peer_review.review_queries import review_of_cluster
from app.services.reflection.queries import Overview, find_reflection, load_reflection, load_submission
from app.services.reports.queries import publication_counting
from app.views.context import now
from app.views.reflection import REFLECTION, blueprint


@blueprint.route(f"{REFLECTION}/")
@allow("reflection.read", of=find_reflection)
def tasks(reflection: Reflection) -> str:
    """Show the task list with the progress of each survey; without links to change answers if they cannot change."""
    shown = _readable(reflection)
    progress = {survey.slug: progress_of(survey, shown.answers) for survey in shown.questionnaire}
    review = review_of_cluster(reflection.cycle_year, reflection.cluster.code)
    published = publication_counting(reflection)
    return render_template(
        "reflection/tasks.html",
        shown=shown,
        progress=progress,
        is_answered=is_answered,
        review=review,
        published=published,
    )


@blueprint.route(f"{REFLECTION}/answers")
@allow("reflection.read", of=find_reflection)
def read(reflection: Reflection) -> str:
    """Show all answers on one page: the newest to those who may read drafts, the submitted ones to others."""
    return render_template("reflection/read.html", shown=_readable(reflection))


@blueprint.route(f"{REFLECTION}/submissions/<int(max=999):number>")
@allow("reflection.read", of=find_reflection)
def submission(reflection: Reflection, number: int) -> str:
    """Show the answers of one submission, also if it was reopened later."""
    return render_template("reflection/read.html", shown=load_submission(reflection, number, now()))


def _readable(reflection: Reflection) -> Overview:
    """Return the newest answers for those who may read drafts, the latest submission for others."""
    if reflection.latest is None or may("reflection.draft", current_user, reflection):
        return load_reflection(reflection, now())
    return load_submission(reflection, reflection.latest.number, now())
