"""The form by which a board nominates a cluster."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from surveys.schema import Outcome

from app.domain.peer_review.rules import MOST_WISHES
from app.forms.fields import CheckboxesField, FieldChoice
from app.forms.people import ROLE_NAMES
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local
from app.models import Appointment


class MaximumChoices:
    """Refuses more than `most` ticked options."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse by raising, with a sentence that says what to do."""
        if len(field.data or ()) > self.most:
            raise StopValidation(_("Choose %(most)s at most.", most=self.most))


class NominationForm(FlaskForm):
    """Asks for the contact people and the preferred outcomes of a nominated cluster."""

    contacts = CheckboxesField(
        _l("Who are the contact people?"),
        hint=_l("Together with the lead and deputies, they arrange the date, write the review and reply."),
        offered=(),
        validators=[RequiredAnswer(_l("Choose at least one contact person."))],
    )
    wishes = CheckboxesField(
        _l("Which outcomes would the cluster most like to have reviewed?"),
        hint=_l(
            "Choose up to five, or none. Preferences count when the outcomes are "
            "shared out, but every outcome must be looked at."
        ),
        offered=(),
        validators=[MaximumChoices(MOST_WISHES)],
    )

    def __init__(self, people: Sequence[Appointment], outcomes: Sequence[Outcome], **options: Any) -> None:
        super().__init__(**options)
        self["contacts"].offered = [
            FieldChoice(str(held.person_id), held.person.name, str(ROLE_NAMES[held.role])) for held in people
        ]
        self["wishes"].offered = [FieldChoice(each.code, f"{each.code} {local(each.title)}") for each in outcomes]
