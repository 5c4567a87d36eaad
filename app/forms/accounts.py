"""Forms for signing in and out."""

from flask_wtf import FlaskForm

from app.forms.fields import EmailAddressField
from app.forms.validators import RequiredAnswer, ValidEmailAddress
from app.i18n import lazy_gettext as _l


class SignInForm(FlaskForm):
    """Asks for the e-mail address to send a sign-in link to."""

    email = EmailAddressField(
        _l("Your work email address"),
        hint=_l("We will send you a link. You do not need a password."),
        validators=[RequiredAnswer(_l("Enter your email address.")), ValidEmailAddress()],
    )


class ConfirmForm(FlaskForm):
    """A form with a button only, and the CSRF token."""
