"""Fields that draw themselves as components of the NHS design system, from our own fast macros."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from flask import current_app
from markupsafe import Markup
from wtforms import EmailField, Field, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms import RadioField as OneOfMany
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app.domain.answers import LONGEST_TEXT
from app.domain.typed_text import cleaned
from app.i18n import gettext as _


class Component:
    """A widget that calls one macro of components/fields.html."""

    def __init__(self, macro: str) -> None:
        self.macro = macro

    def __call__(self, field: Field, **options: Any) -> Markup:
        """The field as HTML."""
        macros = current_app.jinja_env.get_template("components/fields.html").module
        return Markup(getattr(macros, self.macro)(field, **options))  # noqa: S704 - the macro escapes what it is given


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its stored code, its label, a hint; `exclusive` rules out all others."""

    value: str
    label: str
    hint: str = ""
    exclusive: bool = False


class NotTooLong:
    """Refuses a text over the limit, saying by how much; the text stays in its box."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        length = len(field.data or "")
        if length > LONGEST_TEXT:
            raise StopValidation(
                _(
                    "This text has %(length)s characters. Shorten it to %(limit)s or fewer.",
                    length=f"{length:,}",
                    limit=f"{LONGEST_TEXT:,}",
                )
            )


class Needed:
    """Refuses an empty field with a sentence that says what to do."""

    field_flags: dict[str, bool] = {}  # noqa: RUF012 - read by WTForms; no `required` attribute: the server says it better

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        if field.data in (None, "", []):
            raise StopValidation(str(self.sentence))


class OneOf:
    """Refuses a value that was never offered, such as a level that does not exist."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        given = field.data if isinstance(field.data, list) else [field.data]
        offered = {choice.value for choice in field.offered}
        if any(value and value not in offered for value in given):
            raise StopValidation(_("Choose from the answers shown."))


def _clean(typed: str | None) -> str:
    return cleaned(typed or "")


class Passage(TextAreaField):
    """A text of several lines."""

    widget = Component("textarea")

    def __init__(
        self, label: str, *, hint: str = "", rows: int = 5, validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, NotTooLong()], filters=[_clean], **options)
        self.hint, self.rows = hint, rows


class Line(StringField):
    """A text of one line."""

    widget = Component("line")
    input_type = "text"

    def __init__(self, label: str, *, hint: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, [*validators, NotTooLong()], filters=[_clean], **options)
        self.hint = hint


class Email(EmailField):
    """An e-mail address."""

    widget = Component("line")
    input_type = "email"
    autocomplete = "email"

    def __init__(self, label: str, *, hint: str = "", validators: Sequence[Any] = (), **options: Any) -> None:
        super().__init__(label, validators, filters=[_clean], **options)
        self.hint = hint


class WholeNumber(IntegerField):
    """A whole number within bounds, typed in a narrow box."""

    widget = Component("line")
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


class Radios(OneOfMany):
    """One of several answers; `details` are the passages that open with an answer."""

    widget = Component("radios")
    details: Mapping[str, Field] = MappingProxyType({})

    def __init__(
        self, label: str, *, offered: Sequence[Choice], hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, OneOf()], choices=_as_choices(offered), validate_choice=False, **options)
        self.offered, self.hint = offered, hint


class LevelCards(Radios):
    """The levels of an outcome as cards, each with its descriptor beside its radio button."""

    widget = Component("level_cards")


class Dropdown(Radios):
    """One of several answers in a list that opens; with an empty first line."""

    widget = Component("dropdown")


class Checkboxes(SelectMultipleField):
    """Any of several answers; `details` are the passages that open with an answer."""

    widget = Component("checkboxes")
    details: Mapping[str, Field] = MappingProxyType({})

    def __init__(
        self, label: str, *, offered: Sequence[Choice], hint: str = "", validators: Sequence[Any] = (), **options: Any
    ) -> None:
        super().__init__(label, [*validators, OneOf()], choices=_as_choices(offered), validate_choice=False, **options)
        self.offered, self.hint = offered, hint


def _as_choices(offered: Sequence[Choice]) -> list[SelectChoice]:
    return [SelectChoice(choice.value, choice.label) for choice in offered]
