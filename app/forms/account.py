"""Forms for signing in and out."""

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from app.domain.address import checked
from app.domain.refusals import Invalid
from app.forms.checks import Needed
from app.forms.fields import Email
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l


def _is_address(_form: object, field: Field) -> None:
    try:
        checked(field.data)
    except Invalid:
        raise StopValidation(_("Enter an e-mail address in the correct form, such as name@example.com.")) from None


class SignInForm(FlaskForm):
    """Asks for the address that a link is sent to."""

    email = Email(
        _l("Your work e-mail address"),
        hint=_l("We send you a link. You do not need a password."),
        validators=[Needed(_l("Enter your e-mail address.")), _is_address],
    )


class ConfirmForm(FlaskForm):
    """A button: nothing to type, only the guard against forged requests."""
