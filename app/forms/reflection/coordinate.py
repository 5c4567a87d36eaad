"""Forms of the staff who run the cycle."""

from flask_wtf import FlaskForm

from app.forms.fields import MultilineField
from app.forms.validators import RequiredAnswer
from app.i18n import lazy_gettext as _l


class ReopenForm(FlaskForm):
    """Asks why a submitted reflection is reopened."""

    reason = MultilineField(
        _l("Why is it being reopened?"),
        hint=_l("The lead and deputies of the cluster will read this."),
        validators=[RequiredAnswer(_l("Write the reason."))],
    )
