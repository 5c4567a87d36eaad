"""The sign-in e-mail."""

from datetime import timedelta

from app.domain.accounts.rules import SIGN_IN_LINK_VALID_FOR
from app.i18n import gettext as _
from app.i18n import speaking
from app.models import Person
from app.services.email.message import RenderedEmail


def sign_in_email(person: Person, address: str) -> RenderedEmail:
    """Return the e-mail with the sign-in link, in the person's language."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("Your link to sign in to cluster self-reflection"),
            _(
                "Open this link and press the button on the page to sign in:\n\n%(address)s\n\nThe link works "
                "once, for %(minutes)s minutes. If you did not ask for it, you can ignore this email.",
                address=address,
                minutes=SIGN_IN_LINK_VALID_FOR // timedelta(minutes=1),
            ),
        )
