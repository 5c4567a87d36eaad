"""Forms for coding free text: the name of a theme, the themes of a text, a quote to approve."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from app.domain.errors import InvalidValue
from app.domain.reflection.answers import Content
from app.domain.themes.quotes import LONGEST_QUOTE, IdentifierWarning
from app.domain.themes.theme_counts import LONGEST_NAME, theme_name
from app.forms.fields import CheckboxesField, FieldChoice, MultilineField, RadiosField, SingleLineField
from app.forms.saving import HiddenIntegerField, SavingForm, TypedFields, build_form
from app.forms.validators import RequiredAnswer
from app.i18n import LANGUAGES, local
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.models import Theme

NO_THEME = "none"

HINT_NAMES: Mapping[IdentifierWarning, Any] = {
    IdentifierWarning.CLUSTER: _l("The name of the cluster"),
    IdentifierWarning.COUNTY: _l("The name of its county"),
    IdentifierWarning.BOARD: _l("A name or word of its health board"),
    IdentifierWarning.PERSON: _l("A name, or part of a name, of somebody who takes part"),
    IdentifierWarning.ADDRESS: _l("An email or web address"),
    IdentifierWarning.NUMBER: _l("A telephone number, or another long number"),
}
REASONS: Mapping[str, Any] = {
    "quote_empty": _l("Enter the passage: copy it from the text above."),
    "quote_elsewhere": _l("This is not in the text word for word. Copy it from the text above and change nothing."),
    "quote_cut": _l("This begins or ends inside a word, which can change what it says. Take whole words."),
    "quote_twice": _l("This passage is already cleared, under another theme. Withdraw it there first."),
    "quote_theme": _l("The text does not have this theme any more. Choose again."),
}
"""Reason of InvalidValue -> why a quote cannot be approved; "quote_long" has a sentence with numbers instead."""


class ValidThemeName:
    """Refuses a name of a theme that is empty or too long."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        try:
            theme_name(field.data)
        except InvalidValue:
            raise StopValidation(_("Enter a name of 1 to %(limit)s characters.", limit=LONGEST_NAME)) from None


class ThemeForm(SavingForm):
    """The name of a theme in both languages."""

    name_en = SingleLineField(
        _l("Name in English"), validators=[RequiredAnswer(_l("Enter the name in English.")), ValidThemeName()]
    )
    name_cy = SingleLineField(
        _l("Name in Welsh"), validators=[RequiredAnswer(_l("Enter the name in Welsh.")), ValidThemeName()]
    )

    def show(self, content: Content) -> None:
        """Fill the fields with the names that are saved."""
        self["name_en"].data, self["name_cy"].data = content["en"], content["cy"]

    def content(self) -> dict[str, Any]:
        """Return both names, each on one line."""
        return {language: " ".join((self[f"name_{language}"].data or "").split()) for language in LANGUAGES}

    def say_it_is_taken(self) -> None:
        """Add an error to the name: another theme has it."""
        self["name_en"].errors = [
            _("Another theme here has this name, in English or in Welsh. It may be among those that are retired.")
        ]


class CodingForm(SavingForm):
    """Asks which themes a text has; carries the id of the submission that was read."""

    submission = HiddenIntegerField(default=0)

    def show(self, content: Content) -> None:
        """Tick the themes that are saved."""
        self["themes"].data = [str(identity) for identity in content["themes"]]

    def content(self) -> dict[str, Any]:
        """Return the id of the submission, and the ids of the ticked themes that are offered."""
        offered = {choice.value for choice in self["themes"].offered}
        chosen = [int(identity) for identity in self["themes"].data or () if identity in offered]
        return {"submission": self["submission"].data or 0, "themes": sorted(chosen)}


def coding_form(themes: Sequence[Theme], typed: TypedFields = None) -> CodingForm:
    """Return a form that offers these themes."""
    asked, hint = _("Which themes does it have?"), _("Choose all that apply, or none.")
    return build_form(CodingForm, {"themes": CheckboxesField(asked, hint=hint, offered=_choices(themes))}, typed)


class ApproveQuoteForm(FlaskForm):
    """Asks for a passage, the theme it illustrates, and the confirmations needed before it is published."""

    passage = MultilineField(
        _l("Which passage?"),
        hint=_l(
            "Copy it from the text, word for word: whole words, %(limit)s characters at most.", limit=LONGEST_QUOTE
        ),
        rows=4,
        validators=[RequiredAnswer(REASONS["quote_empty"])],
    )
    theme = RadiosField(
        _l("Which theme does it illustrate?"),
        offered=(),
        validators=[RequiredAnswer(_l("Choose a theme, or “No theme”."))],
    )
    reviewed_warnings = CheckboxesField(
        _l("Does this reveal who wrote it?"),
        hint=_l(
            "The passage contains what is named here. Tick each one that you have looked at and that reveals nothing."
        ),
        offered=(),
    )
    confirmed = CheckboxesField(
        _l("May it be published?"),
        hint=_l("It will be published without the name of the cluster, in the language in which it was written."),
        offered=(),
        validators=[RequiredAnswer(_l("Read the passage and tick this, or do not clear it."))],
    )

    def __init__(self, themes: Sequence[Theme]) -> None:
        super().__init__()
        self["theme"].offered = [*_choices(themes), FieldChoice(NO_THEME, _("No theme"))]
        self["confirmed"].offered = [
            FieldChoice("yes", _("It names no person, patient or place that would reveal which cluster it is."))
        ]
        self.warn(list(IdentifierWarning))

    def warn(self, hints: Collection[IdentifierWarning]) -> None:
        """Offer only these identifier warnings for confirmation."""
        self["reviewed_warnings"].offered = [
            FieldChoice(hint, str(HINT_NAMES[hint])) for hint in IdentifierWarning if hint in hints
        ]

    def say_what_to_look_at(self) -> None:
        """Add an error to the warnings: not all are ticked."""
        self["reviewed_warnings"].errors = [
            _("Look at each of these. Clear the passage only if none of them reveals who wrote it.")
        ]

    def say_why_not(self, refused: InvalidValue) -> None:
        """Add the reason why the quote cannot be approved to the field that it is about."""
        if refused.reason == "quote_long":
            sentence = _(
                "This passage has %(length)s characters. Take a part of %(limit)s or fewer.",
                length=refused.value,
                limit=LONGEST_QUOTE,
            )
        else:
            sentence = str(REASONS[refused.reason])
        self["theme" if refused.reason == "quote_theme" else "passage"].errors = [sentence]


def _choices(themes: Sequence[Theme]) -> list[FieldChoice]:
    return [FieldChoice(str(theme.id), local(theme.name)) for theme in themes]
