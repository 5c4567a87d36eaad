"""The journey of a recorder through one question: typed, saved (also by itself), its versions, what it was before."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from surveys.schema import Item

from app.domain.errors import AlreadySubmitted, CycleNotOpen, StaleAnswer, SupersededSave
from app.domain.saving.decision import SaveDecision, decide_save
from app.domain.saving.editing_sessions import editing_sessions
from app.forms.accounts import ConfirmForm
from app.forms.reflection.answer import AnswerForm, OutcomeForm, answer_form
from app.forms.saving import autosave_response
from app.forms.submitted_fields import is_switching_language
from app.i18n import clock, language
from app.models import Answer, Reflection
from app.permissions import allow
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.commands import restore_version, save_answer
from app.services.reflection.previous_answers import previous_answers_to
from app.services.reflection.queries import Overview, answer_versions, find_reflection, load_reflection
from app.services.saving.queries import find_stashed_form
from app.services.workshop.commands import record_agreed_answer
from app.services.workshop.queries import workshop_attendance
from app.views.context import now, page_address
from app.views.reflection import REFLECTION, blueprint
from app.views.saving import discard_stashed

PATH = f"{REFLECTION}/questions/<code>"


@blueprint.route(PATH, methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def question(reflection: Reflection, code: str) -> Any:
    """One outcome or question: shown, typed over, saved."""
    shown = load_reflection(reflection, now())
    item = shown.item(code)
    if request.method == "GET":
        return _show(shown, item)
    form = answer_form(item, shown.answers, shown.questionnaire)
    if "save_and_leave" in request.form or "resolve_conflict" in request.form:
        form.forget_needed()
    if "copy_previous" in request.form:
        _carry_forward(shown, item, form)
    elif not is_switching_language():
        if _is_stale(shown, item, form):  # before anything is refused: the other text may say what is missing here
            return _clash(shown, item, form), 409
        if form.validate():
            return _save(shown, item, form)
    if "resolve_conflict" in request.form and item.code in shown.newest:
        return _clash(shown, item, form)
    return _page(shown, item, form, is_typed=True)


@blueprint.route(f"{PATH}/autosave", methods=["POST"])
@allow("reflection.record", of=find_reflection)
def autosave(reflection: Reflection, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page; it is told in a word what became of it."""
    shown = load_reflection(reflection, now())
    form = answer_form(shown.item(code), shown.answers, shown.questionnaire)

    def save() -> Answer | None:
        saved = save_answer(reflection, form.draft(code, language()), current_user, now())
        discard_stashed(form.stashed_form.data)
        return saved

    return autosave_response(form, save, clock(now()))


@blueprint.route(f"{PATH}/versions", methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def versions(reflection: Reflection, code: str) -> Any:
    """Every version of the answer, by sitting; an old one can be made the newest again."""
    shown, form = load_reflection(reflection, now()), ConfirmForm()
    item, kept = shown.item(code), answer_versions(reflection, code)
    if form.validate_on_submit():
        try:
            restore_version(reflection, code, request.form.get("version", 0, int), current_user, now())
        except (AlreadySubmitted, CycleNotOpen):
            return render_template("saving/closed.html", shown=_afresh(shown)), 409
        return redirect(_address("question", shown, code=code))
    return render_template(
        "reflection/versions.html",
        shown=shown,
        item=item,
        sittings=editing_sessions(kept),
        told=contents_with_agreement(kept),
    )


def _show(shown: Overview, item: Item) -> Any:
    """The question with what is saved, or with what its writer typed when the session had ended."""
    if kept := find_stashed_form(current_user, page_address()):
        form = answer_form(item, shown.answers, shown.questionnaire, typed=kept.fields)
        form.stashed_form.data = kept.id
        if shown.is_changeable:
            return _page(shown, item, form, is_typed=True, kept=kept)
        return render_template("saving/closed.html", shown=shown, item=item, typed_content=form.content())
    if not shown.is_changeable:
        where = shown.reflection
        return redirect(
            url_for("reflection.read", year=where.cycle_year, cluster=where.cluster.code, _anchor=item.code),
        )
    form = answer_form(item, shown.answers, shown.questionnaire)
    if saved := shown.newest.get(item.code):
        form.show(saved.content)
        form.base_version.data = saved.version
    if isinstance(form, OutcomeForm) and "workshop" in request.args:
        form.present.data = workshop_attendance(shown.reflection) or form.present.data
    return _page(shown, item, form)


def _carry_forward(shown: Overview, item: Item, form: AnswerForm) -> None:
    """Put the texts of the last time below what is typed already: to be edited, never instead of it."""
    before = previous_answers_to(shown.reflection, item)
    if before and isinstance(form, OutcomeForm):
        form.carry(before[0].content)


def _is_stale(shown: Overview, item: Item, form: AnswerForm) -> bool:
    draft = form.draft(item.code, language())
    return shown.is_changeable and decide_save(draft, shown.newest.get(item.code)) is SaveDecision.STALE


def _save(shown: Overview, item: Item, form: AnswerForm) -> Any:
    draft = form.draft(item.code, language())
    try:
        save = record_agreed_answer if "workshop" in request.args else save_answer
        save(shown.reflection, draft, current_user, now())
    except StaleAnswer:
        return _clash(_afresh(shown), item, form), 409
    except SupersededSave:
        return redirect(_address("question", shown, code=item.code))
    except (AlreadySubmitted, CycleNotOpen):
        return render_template("saving/closed.html", shown=_afresh(shown), item=item, typed_content=draft.content), 409
    discard_stashed(form.stashed_form.data)
    return redirect(_following(shown, item))


def _following(shown: Overview, item: Item) -> str:
    """Where a recorder goes on after saving: to the next question, or back to where they came from."""
    where: dict[str, Any] = {"year": shown.reflection.cycle_year, "cluster": shown.reflection.cluster.code}
    following = shown.questionnaire.after(item.code)
    if "save_and_leave" in request.form:
        return url_for("reflection.tasks", **where)
    if "workshop" in request.args:
        return url_for("workshop.screen", **where)
    if "check" in request.args or following is None:
        return url_for("reflection.check", **where, _anchor=item.code if following else None)
    return _address("question", shown, code=following.code)


def _afresh(shown: Overview) -> Overview:
    """The reflection as it is now, where somebody changed it in the meantime."""
    return load_reflection(shown.reflection, now())


def _clash(shown: Overview, item: Item, form: AnswerForm) -> str:
    """What was typed beside what somebody else saved; from now on it is typed over that."""
    saved = shown.newest[item.code]
    form.base_version.data = saved.version
    return render_template("saving/conflict.html", shown=shown, item=item, form=form, saved=saved)


def _page(shown: Overview, item: Item, form: AnswerForm, **more: Any) -> str:
    template = "reflection/outcome.html" if item.kind == "outcome" else "reflection/question.html"
    survey, before = shown.questionnaire.survey_of(item.code), previous_answers_to(shown.reflection, item)
    return render_template(template, shown=shown, item=item, form=form, survey=survey, before=before, **more)


def _address(page: str, shown: Overview, **more: Any) -> str:
    where = shown.reflection
    return url_for(f"reflection.{page}", year=where.cycle_year, cluster=where.cluster.code, **more)
