"""The form by which staff publish the reports of a cycle."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from surveys.schema import BilingualText

from app.forms.fields import CheckboxesField, FieldChoice, MultilineField
from app.forms.validators import RequiredAnswer
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l

AGREED = "agreed"


class FirstPublicationForm(FlaskForm):
    """A form with a button only."""

    #: The hash of the draft that was read.
    base_version = HiddenField()

    @property
    def correction(self) -> BilingualText | None:
        """None: a first version has no correction."""
        return None

    @property
    def agreed(self) -> bool:
        """False: nothing would be revealed, so the form does not ask."""
        return False


class CorrectionForm(FirstPublicationForm):
    """Asks what is corrected, in both languages, for the first page of every report."""

    correction_en = MultilineField(
        _l("What is corrected, in English"),
        hint=_l("This appears on the first page of every report of the new version."),
        rows=3,
        validators=[RequiredAnswer(_l("Write in English what is corrected."))],
    )
    correction_cy = MultilineField(
        _l("What is corrected, in Welsh"),
        rows=3,
        validators=[RequiredAnswer(_l("Write in Welsh what is corrected."))],
    )

    @property
    def correction(self) -> BilingualText | None:
        """What is corrected, in both languages."""
        return BilingualText(self.correction_en.data or "", self.correction_cy.data or "")


def publication_form(*, is_first: bool, changed: Sequence[str]) -> Any:
    """Return the form for a first version or a correction; `changed`: clusters whose answers would be revealed."""
    plain = FirstPublicationForm if is_first else CorrectionForm
    if not changed:
        return plain()

    names = ", ".join(changed)

    class TellingForm(plain):  # type: ignore[valid-type,misc]
        """Also asks whether the clusters know and agree that a reader can work out their answers."""

        known = CheckboxesField(
            _("Do these clusters know?"),
            hint=_(
                "Beside what is published already, a reader can work out what these clusters changed: %(names)s.",
                names=names,
            ),
            offered=[FieldChoice(AGREED, _("They know and agree"))],
            validators=[
                RequiredAnswer(_l("Ask the clusters first, or wait until more clusters have changed their answers."))
            ],
        )

        @property
        def agreed(self) -> bool:
            """Whether the clusters agreed."""
            return AGREED in (self.known.data or [])

    return TellingForm()
