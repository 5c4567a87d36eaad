"""Forms for private ratings and for opening a workshop."""

from typing import Any, cast

from flask_wtf import FlaskForm

from surveys.schema import UNABLE, Outcome, Questionnaire

from app.domain.reflection.answers import Content
from app.forms.fields import (
    CheckboxesField,
    FieldChoice,
    LevelCardsField,
    MultilineField,
    RadiosField,
    WholeNumberField,
)
from app.forms.reflection.answer import level_choices
from app.forms.saving import SavingForm, TypedFields, build_form
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local


class PrivateRatingForm(SavingForm):
    """A private rating: a level and an optional note."""

    def show(self, content: Content) -> None:
        """Fill the fields with the saved rating."""
        for name in ("level", "note"):
            self[name].data = content[name]

    def content(self) -> dict[str, Any]:
        """Return the level code and the note."""
        return {name: self[name].data or "" for name in ("level", "note")}


def view_form(outcome: Outcome, questionnaire: Questionnaire, typed: TypedFields = None) -> PrivateRatingForm:
    """Return the form for a private rating, filled from `typed`, else from the request, else empty."""
    unable = FieldChoice(UNABLE, _("Not able to say"), _("You do not know enough about it."))
    fields = {
        "level": LevelCardsField(
            _("In your own view, which level is nearest to how the cluster works now?"),
            offered=[*level_choices(outcome, questionnaire), unable],
            validators=[RequiredAnswer(_l("Choose a level, or “Not able to say”."))],
        ),
        "note": MultilineField(
            _("Would you like to add a note?"),
            hint=_("Shown in the discussion without your name, among the notes of others. Do not name anybody."),
            rows=3,
        ),
    }
    return build_form(PrivateRatingForm, fields, typed)


def opening_form(questionnaire: Questionnaire) -> FlaskForm:
    """Return the form that opens a workshop: the order of outcomes, the number present, their groups."""
    fields = {
        "order": RadiosField(
            _("In which order do you want to discuss the outcomes?"),
            offered=[
                FieldChoice(
                    "differences",
                    _("Start with the outcomes where private views differ most"),
                    _("Outcomes with too few private views come last, in the usual order."),
                ),
                FieldChoice("usual", _("The usual order")),
            ],
            validators=[RequiredAnswer(_l("Choose an order."))],
        ),
        "present": WholeNumberField(
            _("How many people take part?"),
            hint=_("Count people in the room and online. You can change it later."),
            least=1,
            most=500,
            validators=[RequiredAnswer(_l("Enter a number."))],
        ),
        "groups": CheckboxesField(
            _("Which groups are represented?"),
            hint=_("Groups only: nobody is named."),
            offered=[FieldChoice(option.code, local(option.label)) for option in questionnaire.groups],
        ),
    }
    return cast("FlaskForm", type("OpeningForm", (FlaskForm,), fields)())
