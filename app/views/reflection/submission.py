"""The pages to check, submit and reopen a reflection."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import CycleNotOpen, Incomplete, NotSubmitted
from app.domain.reflection.completion import missing
from app.forms.reflection.submission import ReopenForm, submit_form
from app.forms.submitted_fields import is_switching_language, submitted_texts
from app.models import Reflection
from app.permissions import allow
from app.services.reflection.commands import reopen_reflection, require_reopenable, submit_reflection
from app.services.reflection.queries import Overview, find_reflection, load_reflection
from app.views.context import now
from app.views.reflection import REFLECTION, blueprint


@blueprint.route("/cycles/<int(max=9999):year>/<cluster>/reopen", methods=["GET", "POST"])
@allow("reflection.reopen", of=find_reflection)
def reopen(reflection: Reflection) -> Any:
    """Ask for a reason, then reopen a reflection so that the cluster can change it."""
    form = ReopenForm()
    try:
        require_reopenable(reflection, now())
        if is_switching_language() or not form.validate_on_submit():
            return render_template("reflection/reopen.html", reflection=reflection, form=form)
        reopen_reflection(reflection, current_user, form.reason.data or "", now())
    except (NotSubmitted, CycleNotOpen):
        return render_template("reflection/not_submitted.html", reflection=reflection, typed=submitted_texts()), 409
    return redirect(url_for("cycle.progress", year=reflection.cycle_year))


@blueprint.route(f"{REFLECTION}/check")
@allow("reflection.record", of=find_reflection)
def check(reflection: Reflection) -> str:
    """Show all answers, with a link to change each, and the items that are missing."""
    shown = load_reflection(reflection, now())
    return render_template("reflection/check.html", shown=shown, missing=missing(shown.questionnaire, shown.answers))


@blueprint.route(f"{REFLECTION}/submit", methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def submit(reflection: Reflection) -> Any:
    """Show the declaration and submit the answers."""
    shown, form = load_reflection(reflection, now()), submit_form(reflection)
    if instead := _instead_of_declaring(shown):
        return redirect(_address(instead, shown))
    if is_switching_language() or not form.validate_on_submit():
        return render_template("reflection/submit.html", shown=shown, form=form)
    try:
        submit_reflection(reflection, current_user, now(), compares=form.agrees)
    except Incomplete:
        return redirect(_address("check", shown))
    except CycleNotOpen:
        return render_template("saving/closed.html", shown=_afresh(shown)), 409
    return redirect(_address("submitted", shown))


@blueprint.route(f"{REFLECTION}/submitted")
@allow("reflection.read", of=find_reflection)
def submitted(reflection: Reflection) -> Any:
    """Show the confirmation with the reference of the submission."""
    if not reflection.standing:
        return redirect(url_for("reflection.tasks", year=reflection.cycle_year, cluster=reflection.cluster.code))
    return render_template("reflection/submitted.html", shown=load_reflection(reflection, now()))


def _instead_of_declaring(shown: Overview) -> str:
    """Return the page to show instead of the declaration, "" if there is none.

    A form sent after the cycle closed is not redirected: `submit_reflection` refuses it, and that page explains why.
    """
    if shown.reflection.standing:
        return "submitted"
    if request.method == "GET" and not shown.is_changeable:
        return "read"
    return "check" if missing(shown.questionnaire, shown.answers) else ""


def _afresh(shown: Overview) -> Overview:
    """Load the reflection again, because its state has changed since."""
    return load_reflection(shown.reflection, now())


def _address(page: str, shown: Overview, **more: Any) -> str:
    where = shown.reflection
    return url_for(f"reflection.{page}", year=where.cycle_year, cluster=where.cluster.code, **more)
