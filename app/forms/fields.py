"""Fields that render as components of the NHS design system, by the macros of components/fields.html."""

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
        """Return the field as HTML."""
        macros = current_app.jinja_env.get_template("components/fields.html").module
        return Markup(getattr(macros, self.macro)(field, **options))  # noqa: S704 - the macro escapes what it is given


@dataclass(frozen=True)
class FieldChoice:
    """One option: its stored code, label and hint; `exclusive` means that it cannot be chosen with others."""

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
    """A file to upload, of at most `most` bytes."""

    widget = MacroWidget("upload")

    def __init__(
        self, label: str, *, most: int, hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, MaximumFileSize(most)], **options)
        self.hint, self.most = hint, most

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file; at most one more than `most`, by which a file that is too large is recognised."""
        content: bytes = self.data.read(self.most + 1) if self.data else b""
        return content


class WholeNumberField(IntegerField):
    """A whole number from `least` to `most`."""

    widget = MacroWidget("line")
    input_type = "number"

    def __init__(
        self, label: str, *, least: int, most: int, hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [self.check, *validators], **options)
        self.hint, self.least, self.most = hint, least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse digits; anything else stays in the box as typed and is refused by `check`."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        self.is_wrong = bool(typed) and not (typed.isascii() and typed.isdigit())
        if typed and not self.is_wrong:
            self.data = int(typed[:9])

    def check(self, _form: object, _field: Field) -> None:
        """Refuse a text that is not a whole number, and a number out of bounds."""
        if getattr(self, "is_wrong", False) or (self.data is not None and not self.least <= self.data <= self.most):
            raise StopValidation(
                _("Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )


class AttendanceField(HiddenField):
    """The attendance in a hidden field, such as "12 dentistry optometry": the number present and their groups.

    `data` is {"count": 12, "groups": [...]}, or None if the field is empty or not valid.
    """

    def __init__(self, groups: Collection[str], **options: Any) -> None:
        super().__init__("", **options)
        self.groups = groups

    def process_formdata(self, valuelist: list[str]) -> None:
        """Parse the number and the codes of groups."""
        words = "".join(valuelist[:1]).split()
        count, codes = "".join(words[:1]), words[1:]
        told = count.isascii() and count.isdigit() and len(count) < 5 and all(code in self.groups for code in codes)
        self.data = {"count": int(count), "groups": codes} if told else None

    def _value(self) -> str:
        told: Content | None = self.data
        return " ".join([str(told["count"]), *told["groups"]]) if told else ""


class ChoicesMixin:
    """The common part of fields with options; `details`: option code -> the text field that opens with it."""

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
        super().__init__(label, [*validators, OfferedValue()], choices=choices, validate_choice=False, **options)  # type: ignore[call-arg]  # of the other base
        self.offered, self.hint = offered, hint


class RadiosField(ChoicesMixin, OneOfMany):
    """One of several options, as radio buttons."""

    widget = MacroWidget("radios")


class LevelCardsField(RadiosField):
    """The levels of an outcome as cards, each with a radio button and its descriptor."""

    widget = MacroWidget("level_cards")


class DropdownField(RadiosField):
    """One of several options in a drop-down list with an empty first line."""

    widget = MacroWidget("dropdown")


class CheckboxesField(ChoicesMixin, SelectMultipleField):
    """Any number of options, as checkboxes."""

    widget = MacroWidget("checkboxes")
