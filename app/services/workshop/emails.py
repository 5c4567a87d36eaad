"""The e-mail which announces that distributions of few private ratings will be shown."""

from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Person, Reflection
from app.services.email.message import RenderedEmail, start_page_address


def small_group_email(person: Person, reflection: Reflection, address: str) -> RenderedEmail:
    """Return the e-mail to a person of the cluster that distributions of few private ratings will be shown."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("How your private views on %(cluster)s will be shown", cluster=local(reflection.cluster.name)),
            _(
                "Your cluster lead has decided to show the group how the private views are spread, even where only "
                "a few people have given one. With few views it may be possible to guess who said what.\n\n"
                "Views given before today are not counted then, unless you save them again. Nobody is shown a name.\n\n"
                "You can look at your views, change them or leave them as they are, at:\n\n%(address)s",
                address=start_page_address(address, person),
            ),
        )
