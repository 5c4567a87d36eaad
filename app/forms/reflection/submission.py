"""The forms by which a lead submits and staff reopen a reflection."""

from flask_wtf import FlaskForm

from app.forms.fields import CheckboxesField, FieldChoice, MultilineField
from app.forms.validators import RequiredAnswer
from app.i18n import lazy_gettext as _l
from app.models import Reflection


class ReopenForm(FlaskForm):
    """Asks why a submitted reflection is reopened."""

    reason = MultilineField(
        _l("Why is it being reopened?"),
        hint=_l("The lead and deputies of the cluster will read this."),
        validators=[RequiredAnswer(_l("Write the reason."))],
    )


AGREES = "yes"


class SubmissionForm(FlaskForm):
    """The declaration: an optional checkbox and the button that submits."""

    compares = CheckboxesField(
        _l("Comparison with other clusters"),
        hint=_l(
            "The report for your cluster will then say for each outcome whether you are below, within or above the "
            "middle half of the clusters that agreed. No cluster is named or put in order. You can leave this out."
        ),
        offered=(FieldChoice(AGREES, _l("The cluster agrees to be compared, without names")),),
    )

    @property
    def agrees(self) -> bool:
        """Whether the cluster agrees to be compared."""
        return AGREES in (self.compares.data or ())


def submit_form(reflection: Reflection) -> SubmissionForm:
    """Return the form as sent; on a first visit, with the choice of the latest submission, if there is one."""
    latest = reflection.latest
    return SubmissionForm(data={"compares": [AGREES] if latest and latest.compares else []})
