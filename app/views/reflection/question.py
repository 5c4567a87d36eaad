"""One question of a reflection: answered, saved while somebody types, its versions, what was said before."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from app.domain.errors import AlreadySubmitted, CycleNotOpen
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.domain.saving.editing_sessions import editing_sessions
from app.forms.accounts import ConfirmForm
from app.forms.reflection.answer import AnswerForm, OutcomeForm, answer_form
from app.forms.saving import TypedFields
from app.models import Answer, Reflection
from app.permissions import allow
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.commands import restore_version, save_answer
from app.services.reflection.previous_answers import previous_answers_to
from app.services.reflection.queries import answer_versions, find_reflection, load_reflection
from app.services.workshop.commands import record_agreed_answer
from app.services.workshop.queries import workshop_attendance
from app.views.context import now
from app.views.reflection import REFLECTION, blueprint
from app.views.saving import SavingView

PATH = f"{REFLECTION}/questions/<code>"


@blueprint.route(PATH, methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def question(reflection: Reflection, code: str) -> Any:
    """One outcome or question: shown, answered, saved."""
    return AnswerView(reflection, code).respond()


@blueprint.route(f"{PATH}/autosave", methods=["POST"])
@allow("reflection.record", of=find_reflection)
def autosave(reflection: Reflection, code: str) -> tuple[dict[str, Any], int]:
    """Save what is being typed, for the script of the page."""
    return AnswerView(reflection, code).autosave()


@blueprint.route(f"{PATH}/versions", methods=["GET", "POST"])
@allow("reflection.record", of=find_reflection)
def versions(reflection: Reflection, code: str) -> Any:
    """Every version of the answer, by editing session; an old one can be made the newest again."""
    shown, form = load_reflection(reflection, now()), ConfirmForm()
    item, saved = shown.item(code), answer_versions(reflection, code)
    if form.validate_on_submit():
        try:
            restore_version(reflection, code, request.form.get("version", 0, int), current_user, now())
        except (AlreadySubmitted, CycleNotOpen):
            return render_template("saving/closed.html", shown=load_reflection(reflection, now())), 409
        cluster = reflection.cluster.code
        return redirect(url_for("reflection.question", year=reflection.cycle_year, cluster=cluster, code=code))
    return render_template(
        "reflection/versions.html",
        shown=shown,
        item=item,
        sittings=editing_sessions(saved),
        told=contents_with_agreement(saved),
    )


class AnswerView(SavingView[AnswerForm]):
    """The answer of a cluster to one item."""

    closing = (AlreadySubmitted, CycleNotOpen)

    def __init__(self, reflection: Reflection, code: str) -> None:
        self.reflection, self.item = reflection, code

    def load(self) -> None:
        """Load the reflection with its newest answers."""
        self.shown = load_reflection(self.reflection, now())
        self.address = {"year": self.reflection.cycle_year, "cluster": self.reflection.cluster.code}
        self.asked, self.saved = self.shown.item(self.item), self.shown.newest.get(self.item)
        self.is_changeable = self.shown.is_changeable

    def form(self, typed: TypedFields = None) -> AnswerForm:
        """Return the form of this kind of question."""
        return answer_form(self.asked, self.shown.answers, self.shown.questionnaire, typed)

    def fill(self, form: AnswerForm) -> None:
        """Put what is saved into the form; in the workshop also how many are present."""
        super().fill(form)
        if isinstance(form, OutcomeForm) and "workshop" in request.args:
            form.present.data = workshop_attendance(self.reflection) or form.present.data

    def copy_previous(self, form: AnswerForm) -> None:
        """Copy the texts of the previous cycle below what is typed already: to be edited, never instead of it."""
        before = previous_answers_to(self.reflection, self.asked)
        if before and isinstance(form, OutcomeForm):
            form.copy_texts(before[0].content)

    def page(self, form: AnswerForm, **state: Any) -> str:
        """Return the page of an outcome, of another question, or of both texts after a conflict."""
        survey = self.shown.questionnaire.survey_of(self.item)
        shown = {"shown": self.shown, "item": self.asked, "form": form, "survey": survey}
        if state["conflict"]:
            return render_template("saving/conflict.html", **shown, **state)
        template = "reflection/outcome.html" if self.asked.kind == "outcome" else "reflection/question.html"
        return render_template(template, **shown, before=previous_answers_to(self.reflection, self.asked), **state)

    def closed(self, unsaved: Content | None) -> Any:
        """Return the page with what could not be saved, or lead to the answers as they are."""
        if unsaved is None:
            return redirect(url_for("reflection.read", **self.address, _anchor=self.item))
        return render_template("saving/closed.html", shown=self.shown, item=self.asked, unsaved=unsaved)

    def save(self, pending: PendingSave) -> Answer | None:
        """Save the answer, in the workshop as agreed."""
        save = record_agreed_answer if "workshop" in request.args else save_answer
        return save(self.reflection, pending, current_user, now())

    def next(self) -> str:
        """Return to where the person came from, else go on to the next question."""
        following = self.shown.questionnaire.after(self.item)
        if "save_and_leave" in request.form:
            return url_for("reflection.tasks", **self.address)
        if "workshop" in request.args:
            return url_for("workshop.screen", **self.address)
        if "check" in request.args or following is None:
            anchor = self.item if following else None
            return url_for("reflection.check", **self.address, _anchor=anchor)
        return url_for("reflection.question", **self.address, code=following.code)
