"""The base of all forms that are saved over a version: what their pages carry along, see app.views.saving."""

from collections.abc import Iterable, Mapping
from typing import Any, Self, TypeVar

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from app.domain.reflection.answers import Content
from app.domain.saving.decision import PendingSave
from app.forms.earlier_names import with_present_names
from app.forms.validators import RequiredAnswer, RequiredIfChosen


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

    def pending(self, item: str, language: str) -> PendingSave:
        """Return what was typed, ready to be saved under the code of an item."""
        base_version, sequence_no = self.base_version.data or 0, self.sequence_no.data or 0
        return PendingSave(item, self.content(), base_version, language, (self.client_id.data or "")[:40], sequence_no)

    def drop_required(self) -> Self:
        """Accept what is there: somebody who leaves early need not have answered everything."""
        for field in self:
            field.validators = [
                check for check in field.validators if not isinstance(check, RequiredAnswer | RequiredIfChosen)
            ]
        return self


Form = TypeVar("Form", bound=SavingForm)
TypedFields = Iterable[list[str]] | None
"""Pairs of field name and value as they were typed before; None for those of the request."""


def build_form(kind: type[Form], fields: Mapping[str, Any], typed: TypedFields) -> Form:
    """A form of this kind with these fields: filled in from what was `typed` before or from the request, else empty."""
    made: type[Form] = type(kind.__name__, (kind,), dict(fields))
    return made() if typed is None else made(formdata=MultiDict(with_present_names(typed)))
