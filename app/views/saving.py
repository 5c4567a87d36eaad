"""The journey of every form that nobody may lose text in: shown, decided, saved, and on to the next page.

`SavingView` fixes the order, the same for the button and for the script that saves while somebody types. A noun
gives the hooks: what is loaded, its form, its page, the command that saves, and where to go next.
"""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from flask import redirect, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.domain.errors import DomainError, StaleAnswer, SupersededSave
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave, SaveDecision, SavedVersion, decide_save
from app.forms.earlier_names import state_for_script
from app.forms.saving import SavingForm, TypedFields
from app.forms.submitted_fields import is_switching_language
from app.i18n import clock, language
from app.models import StashedForm
from app.services.saving.author_token import author_token
from app.services.saving.commands import discard_stashed_form
from app.services.saving.queries import find_stashed_form
from app.views.context import now, page_address, settings

Form = TypeVar("Form", bound=SavingForm)


class Versioned(Protocol):
    """What a command that saves returns."""

    @property
    def version(self) -> int:
        """The number of the version that is now the newest."""


class SavingView(ABC, Generic[Form]):
    """One page on which a person writes one thing; an instance serves one request.

    Every hook may read what `load` has set. `saved` is the newest version, None before the first.
    """

    closing: ClassVar[tuple[type[DomainError], ...]] = ()
    """Refusals of `save` after which nothing can be saved on this page any more."""
    may_be_incomplete: ClassVar[bool] = True
    """Whether somebody who leaves early, or resolves a conflict, need not have answered everything."""
    item: str
    """The code under which it is saved, such as "PCMW-01"."""
    address: dict[str, Any]
    """The parts of the address that all pages of its journey share."""
    is_changeable: bool = True
    saved: Any = None

    @abstractmethod
    def load(self) -> None:
        """Set what the other hooks read; called again when a command has refused, since something has changed."""

    @abstractmethod
    def form(self, typed: TypedFields = None) -> Form:
        """Return the form with the fields that were `typed` before, else with those of the request."""

    @abstractmethod
    def page(self, form: Form, **state: Any) -> Any:
        """Return the page with this form.

        `state`: `is_typed`, whether the form holds unsaved text; `stashed`, the stashed form that it shows, if any;
        `conflict`, the version that somebody else saved, if both texts are to be shown.
        """

    @abstractmethod
    def save(self, pending: PendingSave) -> Versioned | None:
        """Give the command that saves; None when there was nothing to save."""

    @abstractmethod
    def next(self) -> str:
        """Return the address to go on to after saving."""

    def fill(self, form: Form) -> None:
        """Put what is saved into an empty form."""
        if self.saved:
            form.show(self.saved.content)
            form.base_version.data = self.saved.version

    def pending(self, form: Form) -> PendingSave:
        """Return what was typed, ready to be saved."""
        return form.pending(self.item, language())

    def copy_previous(self, form: Form) -> None:
        """Copy an earlier answer into the form, when its button was pressed."""

    def closed(self, unsaved: Content | None) -> Any:
        """Return the page that says that nothing can be saved any more, with what was typed, if anything was."""
        raise NotImplementedError

    def refused(self, form: Form, error: DomainError) -> Any:  # noqa: ARG002 - for nouns that know one
        """Return the answer to a refusal that only this noun knows."""
        raise error

    def render(
        self,
        form: Form,
        *,
        is_typed: bool = True,
        stashed: StashedForm | None = None,
        conflict: Any = None,
        **more: Any,
    ) -> Any:
        """Return the page with its whole state, as `page` describes it, and what only this noun knows."""
        return self.page(form, is_typed=is_typed, stashed=stashed, conflict=conflict, **more)

    def respond(self) -> Any:
        """Show the page, or save what was sent and go on."""
        self.load()
        if request.method == "GET":
            return self._show()
        form = self.form()
        if self.may_be_incomplete and request.form.keys() & {"save_and_leave", "resolve_conflict"}:
            form.drop_required()
        if "copy_previous" in request.form:
            self.copy_previous(form)
        elif not is_switching_language():
            return self._save(form)
        return self._show_again(form)

    def autosave(self) -> tuple[dict[str, Any], int]:
        """Save what is being typed, and say in one word, with an HTTP status, what became of it."""
        self.load()
        form = self.form()
        if not form.drop_required().validate():
            if form.csrf_token.errors:
                return {"state": state_for_script("new_csrf_token"), "csrf_token": generate_csrf()}, 400
            return {"state": "refused", "sentences": [str(field.errors[0]) for field in form if field.errors]}, 422
        try:
            saved = self.save(self.pending(form))
        except DomainError as refused:
            return {"state": state_for_script(_STATES.get(type(refused), "closed"))}, 409
        self._discard_stashed(form)
        return {"state": "saved", "version": saved.version if saved else 0, "at": clock(now())}, 200

    def _show(self) -> Any:
        stashed = find_stashed_form(current_user, page_address())
        form = self.form(stashed.fields if stashed else None)
        if not self.is_changeable:
            return self.closed(form.content() if stashed else None)
        if stashed:
            form.stashed_form.data = stashed.id
            return self.render(form, stashed=stashed)
        self.fill(form)
        return self.render(form, is_typed=False)

    def _show_again(self, form: Form) -> Any:
        """Show what was typed; beside what somebody else saved, where it was typed on the page of a conflict."""
        conflict = self.saved if "resolve_conflict" in request.form else None
        return self.render(form, conflict=conflict)

    def _save(self, form: Form) -> Any:
        if not self.is_changeable:
            return self.closed(form.content()), 409
        pending = self.pending(form)
        # Before the form is validated: the other text may hold what is missing in this one.
        if decide_save(pending, self.saved) is SaveDecision.STALE:
            return self._conflict(form, self.saved)
        if not form.validate():
            return self._show_again(form)
        try:
            self.save(pending)
        except SupersededSave:
            return redirect(request.full_path.rstrip("?"))
        except DomainError as refused:
            self.load()
            return self._answer_refusal(form, refused)
        self._discard_stashed(form)
        return redirect(self.next())

    def _answer_refusal(self, form: Form, error: DomainError) -> Any:
        if isinstance(error, StaleAnswer):
            return self._conflict(form, error.saved)
        if isinstance(error, self.closing):
            return self.closed(form.content()), 409
        return self.refused(form, error)

    def _conflict(self, form: Form, saved: SavedVersion) -> Any:
        """Show both texts; what was typed is from now on typed over what was saved."""
        form.base_version.data = saved.version
        return self.render(form, conflict=saved), 409

    def _discard_stashed(self, form: Form) -> None:
        if form.stashed_form.data:
            discard_stashed_form(current_user, form.stashed_form.data)


_STATES = {StaleAnswer: "conflict", SupersededSave: "superseded"}


def author_token_field() -> str:
    """Return the signed token of who is writing, see app.services.saving.author_token; "" when nobody is signed in."""
    return author_token(current_user, settings().keys, now()) if current_user.is_authenticated else ""
