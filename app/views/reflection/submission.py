"""The journey of a cluster: task list, check, declare, submit, read. One question a page: see record."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import CycleNotOpen, Incomplete
from app.domain.reflection.answers import is_answered
from app.domain.reflection.completion import missing, progress_of
from app.forms.reflection.submission import submit_form
from app.forms.submitted_fields import is_switching_language
from app.models import Reflection
from app.permissions import allow, may
from app.services.peer_review.review_queries import review_of_cluster
from app.services.reflection.commands import submit_reflection
from app.services.reflection.queries import Overview, find_reflection, load_reflection, load_submission
from app.services.reports.queries import publication_counting
from app.views import now

reflect = Blueprint("reflect", __name__, url_prefix="/reflections/<int(max=9999):year>/<cluster>")


@reflect.route("/")
@allow("reflection.read", of=find_reflection)
def tasks(reflection: Reflection) -> str:
    """The task list with the state of each section; what cannot be changed is only shown."""
    shown = _readable(reflection)
    progress = {survey.slug: progress_of(survey, shown.answers) for survey in shown.questionnaire}
    review = review_of_cluster(reflection.cycle_year, reflection.cluster.code)
    published = publication_counting(reflection)
    return render_template(
        "reflect/tasks.html",
        shown=shown,
        progress=progress,
        is_answered=is_answered,
        review=review,
        published=published,
    )


@reflect.route("/answers")
@allow("reflection.read", of=find_reflection)
def read(reflection: Reflection) -> str:
    """All answers on one page: the newest to the cluster, what was submitted to others."""
    return render_template("reflect/read.html", shown=_readable(reflection))


@reflect.route("/submissions/<int(max=999):number>")
@allow("reflection.read", of=find_reflection)
def submission(reflection: Reflection, number: int) -> str:
    """The answers as they were submitted then, also when they were reopened later."""
    return render_template("reflect/read.html", shown=load_submission(reflection, number, now()))


@reflect.route("/check")
@allow("reflection.record", of=find_reflection)
def check(reflection: Reflection) -> str:
    """Check your answers, with a link to change each and the names of what is missing."""
    shown = load_reflection(reflection, now())
    return render_template("reflect/check.html", shown=shown, missing=missing(shown.questionnaire, shown.answers))


@reflect.route("/submit", methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def submit(reflection: Reflection) -> Any:
    """The declaration; agreed to, the answers are submitted."""
    shown, form = load_reflection(reflection, now()), submit_form(reflection)
    if instead := _instead_of_declaring(shown):
        return redirect(_address(instead, shown))
    if is_switching_language() or not form.validate_on_submit():
        return render_template("reflect/submit.html", shown=shown, form=form)
    try:
        submit_reflection(reflection, current_user, now(), compares=form.agrees)
    except Incomplete:
        return redirect(_address("check", shown))
    except CycleNotOpen:
        return render_template("record/closed.html", shown=_afresh(shown)), 409
    return redirect(_address("submitted", shown))


@reflect.route("/submitted")
@allow("reflection.read", of=find_reflection)
def submitted(reflection: Reflection) -> Any:
    """The confirmation with its reference."""
    if not reflection.standing:
        return redirect(url_for("reflect.tasks", year=reflection.cycle_year, cluster=reflection.cluster.code))
    return render_template("reflect/submitted.html", shown=load_reflection(reflection, now()))


def _readable(reflection: Reflection) -> Overview:
    """The newest answers for those who may read drafts, what was last submitted for all others."""
    if reflection.latest is None or may("reflection.draft", current_user, reflection):
        return load_reflection(reflection, now())
    return load_submission(reflection, reflection.latest.number, now())


def _instead_of_declaring(shown: Overview) -> str:
    """The page to see where there is nothing to declare; who presses in a closed cycle is told so by the refusal."""
    if shown.reflection.standing:
        return "submitted"
    if request.method == "GET" and not shown.is_changeable:
        return "read"
    return "check" if missing(shown.questionnaire, shown.answers) else ""


def _afresh(shown: Overview) -> Overview:
    """The reflection as it is now, where somebody changed its state in the meantime."""
    return load_reflection(shown.reflection, now())


def _address(page: str, shown: Overview, **more: Any) -> str:
    where = shown.reflection
    return url_for(f"reflect.{page}", year=where.cycle_year, cluster=where.cluster.code, **more)
