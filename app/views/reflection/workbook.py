"""The pages to download a reflection as a workbook, to upload it, and to save what has changed."""

from io import BytesIO
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask_login import current_user

from app.domain.errors import AlreadySubmitted, CycleNotOpen, StaleAnswer, UnreadableWorkbook
from app.domain.reflection.workbook_diff import WorkbookDiff
from app.forms.reflection.workbook import (
    WorkbookPreviewForm,
    WorkbookUploadForm,
    conflict_name,
    load_form,
    reading_form,
)
from app.forms.submitted_fields import is_switching_language
from app.i18n import gettext as _
from app.i18n import language
from app.messages.reflection import refusal, sentence
from app.models import Reflection
from app.permissions import allow
from app.services.reflection.commands import compare_workbook, save_workbook
from app.services.reflection.queries import Overview, find_reflection, load_reflection
from app.services.reflection.workbook.reader import read_reflection_workbook
from app.services.reflection.workbook.writer import write_reflection_workbook
from app.views.context import now
from app.views.reflection import REFLECTION, blueprint

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route(f"{REFLECTION}/workbook.xlsx")
@allow("reflection.record", of=find_reflection)
def download_workbook(reflection: Reflection) -> Any:
    """Return the workbook of a reflection with its newest answers."""
    shown = load_reflection(reflection, now())
    if not shown.is_changeable:
        return redirect(_address("reflection.read", shown))
    name = _("reflection-%(cluster)s-%(year)s.xlsx", cluster=reflection.cluster.code, year=reflection.cycle_year)
    return send_file(BytesIO(write_reflection_workbook(shown)), XLSX, as_attachment=True, download_name=name)


@blueprint.route(f"{REFLECTION}/workbook", methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def upload_workbook(reflection: Reflection) -> Any:
    """Ask for the completed workbook, show what would change, save it."""
    shown = load_reflection(reflection, now())
    if not shown.is_changeable:
        return redirect(_address("reflection.read", shown)) if request.method == "GET" else _closed(shown)
    return _answer_preview(shown) if "reading" in request.form else _answer_upload(shown)


@blueprint.route(f"{REFLECTION}/workbook/loaded")
@allow("reflection.record", of=find_reflection)
def workbook_saved(reflection: Reflection) -> str:
    """Show the confirmation that the answers of a workbook are saved."""
    return render_template("reflection/workbook/saved.html", shown=load_reflection(reflection, now()))


def _answer_upload(shown: Overview) -> Any:
    form = WorkbookUploadForm()
    if is_switching_language() or not form.validate_on_submit():
        return _upload_page(shown, form)
    try:
        reading = read_reflection_workbook(form.file.content, shown)
    except UnreadableWorkbook as refused:
        form.file.errors = [refusal(refused)]
        return _upload_page(shown, form)
    found = compare_workbook(shown, reading)
    preview = load_form(shown.reflection.id, found)
    preview["reading"].data = reading
    return _preview_page(shown, found, preview)


def _answer_preview(shown: Overview) -> Any:
    reading = reading_form(shown.reflection.id)["reading"].data
    if reading is None:
        form = WorkbookUploadForm()
        form.file.errors = [_("What was read could not be kept. Choose the workbook once more.")]
        return _upload_page(shown, form)
    found = compare_workbook(shown, reading)
    form = load_form(shown.reflection.id, found)
    if is_switching_language() or not form.validate():
        return _preview_page(shown, found, form)
    try:
        save_workbook(shown, found, form.taken(), current_user, reading.language or language(), now())
    except StaleAnswer:
        return _preview_page(*_compared_afresh(shown, form)), 409
    except (AlreadySubmitted, CycleNotOpen):
        return _closed(shown)
    return redirect(_address("reflection.workbook_saved", shown))


def _compared_afresh(shown: Overview, form: WorkbookPreviewForm) -> tuple[Overview, WorkbookDiff, WorkbookPreviewForm]:
    """Compare the same workbook with the answers that somebody has saved since."""
    shown = load_reflection(shown.reflection, now())
    found = compare_workbook(shown, form["reading"].data)
    return shown, found, load_form(shown.reflection.id, found)


def _upload_page(shown: Overview, form: WorkbookUploadForm) -> Any:
    return render_template("reflection/workbook/upload.html", shown=shown, form=form), 422 if form.errors else 200


def _preview_page(shown: Overview, found: WorkbookDiff, form: WorkbookPreviewForm) -> str:
    return render_template(
        "reflection/workbook/preview.html",
        shown=shown,
        found=found,
        form=form,
        faults=form["reading"].data.faults,
        sentence=sentence,
        conflict_name=conflict_name,
    )


def _closed(shown: Overview) -> Any:
    return render_template("saving/closed.html", shown=load_reflection(shown.reflection, now())), 409


def _address(page: str, shown: Overview) -> str:
    where = shown.reflection
    return url_for(page, year=where.cycle_year, cluster=where.cluster.code)
