"""Forms that save while somebody types: what they carry along, and what they tell the script of their page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, Self, TypeVar

from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from app.domain.errors import DomainError, StaleAnswer, SupersededSave
from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.forms.earlier_names import state_for_script, with_present_names
from app.forms.validators import RequiredAnswer, RequiredIfOther


class HiddenIntegerField(HiddenField):
    """A whole number that the page carries along; a tampered one counts as none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits."""
        typed = "".join(valuelist[:1])
        self.data = int(typed[:9]) if typed.isascii() and typed.isdigit() else 0


class SavingForm(FlaskForm):
    """What they share: the version that was read, so that no newer one is overwritten.

    The script that saves while somebody types fills in `client_id` and `sequence_no`, see app.domain.saving.decision.
    `stashed_form` is the id of the form that was stashed when a session had ended; saving this one discards it.
    """

    base_version = HiddenIntegerField(default=0)
    client_id = HiddenField(default="")
    sequence_no = HiddenIntegerField(default=0)
    stashed_form = HiddenIntegerField(default=0)

    def show(self, content: Content) -> None:
        """Fill the fields with what is saved."""
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        raise NotImplementedError

    def draft(self, item: str, language: str) -> PendingSave:
        """What was typed, ready to be saved."""
        base_version, sequence_no = self.base_version.data or 0, self.sequence_no.data or 0
        return PendingSave(item, self.content(), base_version, language, (self.client_id.data or "")[:40], sequence_no)

    def forget_needed(self) -> Self:
        """Take what is there: somebody who leaves early need not have answered everything."""
        for field in self:
            field.validators = [
                check for check in field.validators if not isinstance(check, RequiredAnswer | RequiredIfOther)
            ]
        return self


Form = TypeVar("Form", bound=SavingForm)


def build_form(kind: type[Form], fields: Mapping[str, Any], typed: Iterable[list[str]] | None) -> Form:
    """A form of this kind with these fields: filled in from what was `typed` before or from the request, else empty."""
    made: type[Form] = type(kind.__name__, (kind,), dict(fields))
    return made() if typed is None else made(formdata=MultiDict(with_present_names(typed)))


class HasVersion(Protocol):
    """What came of saving."""

    @property
    def version(self) -> int:
        """Its number."""


def autosave_response(form: SavingForm, save: Callable[[], HasVersion | None], time: str) -> tuple[dict[str, Any], int]:
    """Save by `save` if the form can be saved, and say in a word what became of it, with an HTTP status."""
    if not form.forget_needed().validate():
        if form.csrf_token.errors:
            return {"state": state_for_script("new_csrf_token"), "csrf_token": generate_csrf()}, 400
        return {"state": "refused", "sentences": [str(field.errors[0]) for field in form if field.errors]}, 422
    try:
        saved = save()
    except DomainError as refused:
        return {"state": state_for_script(_STATES.get(type(refused), "closed"))}, 409
    return {"state": "saved", "version": saved.version if saved else 0, "at": time}, 200


_STATES = {StaleAnswer: "conflict", SupersededSave: "superseded"}
