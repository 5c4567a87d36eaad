"""Fields that render as components of the NHS design system, by macros of our own that are fast."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from flask import current_app
from flask_wtf.file import FileField
from markupsafe import Markup
from wtforms import EmailField, Field, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms import RadioField as OneOfMany
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app.domain.reflection.answers import Content
from app.domain.text import cleaned_line, normalise_text
from app.forms.validators import MaximumFileSize, MaximumLength, OfferedValue
from app.i18n import gettext as _


class MacroWidget:
    """A widget that calls one macro of components/fields.html."""

    def __init__(self, macro: str) -> None:
        self.macro = macro

    def __call__(self, field: Field, **options: Any) -> Markup:
        """The field as HTML."""
        macros = current_app.jinja_env.get_template("components/fields.html").module
        return Markup(getattr(macros, self.macro)(field, **options))  # noqa: S704 - the macro escapes what it is given


@dataclass(frozen=True)
class FieldChoice:
    """One thing to choose: its stored code, its label, a hint; `exclusive` rules out all others."""

    value: str
    label: str
    hint: str = ""
    exclusive: bool = False


def _clean(typed: str | None) -> str:
    return normalise_text(typed or "")


def _clean_line(typed: str | None) -> str:
    return cleaned_line(typed or "")


class MultilineField(TextAreaField):
    """A text of several lines."""

    widget = MacroWidget("textarea")

    def __init__(
        self, label: str, *, hint: str = "", rows: int = 5, validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, MaximumLength()], filters=[_clean], **options)
        self.hint, self.rows = hint, rows


class SingleLineField(StringField):
    """A text of one line."""

    widget = MacroWidget("line")
    input_type = "text"

    def __init__(self, label: str, *, hint: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, [*validators, MaximumLength()], filters=[_clean_line], **options)
        self.hint = hint


class EmailAddressField(EmailField):
    """An e-mail address."""

    widget = MacroWidget("line")
    input_type = "email"
    autocomplete = "email"

    def __init__(self, label: str, *, hint: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, validators, filters=[_clean], **options)
        self.hint = hint


class FileUploadField(FileField):
    """A file from the person's machine, of a limited size."""

    widget = MacroWidget("upload")

    def __init__(
        self, label: str, *, most: int, hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, MaximumFileSize(most)], **options)
        self.hint, self.most = hint, most

    @cached_property
    def content(self) -> bytes:
        """The file, and at most one byte more of it than is taken."""
        content: bytes = self.data.read(self.most + 1) if self.data else b""
        return content


class WholeNumberField(IntegerField):
    """A whole number within bounds, typed in a narrow box."""

    widget = MacroWidget("line")
    input_type = "number"

    def __init__(
        self, label: str, *, least: int, most: int, hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [self.check, *validators], **options)
        self.hint, self.least, self.most = hint, least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits; anything else is kept as typed and refused with our own sentence."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        self.is_wrong = bool(typed) and not (typed.isascii() and typed.isdigit())
        if typed and not self.is_wrong:
            self.data = int(typed[:9])

    def check(self, _form: object, _field: Field) -> None:
        """Refuse what is no whole number or outside the bounds."""
        if getattr(self, "is_wrong", False) or (self.data is not None and not self.least <= self.data <= self.most):
            raise StopValidation(
                _("Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )


class AttendanceField(HiddenField):
    """Who was present, in a hidden field such as "12 dentistry optometry"; anything else counts as not given."""

    def __init__(self, groups: Collection[str], **options: Any) -> None:
        super().__init__("", **options)
        self.groups = groups

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number and the codes of groups."""
        words = "".join(valuelist[:1]).split()
        count, codes = "".join(words[:1]), words[1:]
        told = count.isascii() and count.isdigit() and len(count) < 5 and all(code in self.groups for code in codes)
        self.data = {"count": int(count), "groups": codes} if told else None

    def _value(self) -> str:
        told: Content | None = self.data
        return " ".join([str(told["count"]), *told["groups"]]) if told else ""


class ChoicesMixin:
    """What fields with a choice of answers share; `details` are the passages that open with an answer."""

    details: Mapping[str, Field] = MappingProxyType({})

    def __init__(
        self,
        label: str,
        *,
        offered: Sequence[FieldChoice],
        hint: str = "",
        validators: Sequence[Any] = (),
        **options: Any,
    ) -> None:
        choices = [SelectChoice(choice.value, choice.label) for choice in offered]
        super().__init__(label, [*validators, OfferedValue()], choices=choices, validate_choice=False, **options)  # type: ignore[call-arg]  # the field beside it in the bases
        self.offered, self.hint = offered, hint


class RadiosField(ChoicesMixin, OneOfMany):
    """One of several answers."""

    widget = MacroWidget("radios")


class LevelCardsField(RadiosField):
    """The levels of an outcome as cards, each with a radio button and its descriptor."""

    widget = MacroWidget("level_cards")


class DropdownField(RadiosField):
    """One of several answers in a list that opens; with an empty first line."""

    widget = MacroWidget("dropdown")


class CheckboxesField(ChoicesMixin, SelectMultipleField):
    """Any of several answers."""

    widget = MacroWidget("checkboxes")
