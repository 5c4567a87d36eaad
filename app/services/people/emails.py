"""E-mails about roles: invitation, made deputy, made member, removed."""

from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Appointment, Cluster, Person
from app.services.email.message import RenderedEmail, start_page_address


def invitation_email(person: Person, address: str) -> RenderedEmail:
    """Return the e-mail to a person who was given a role: they can sign in at the site's `address`."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("You are invited to cluster self-reflection"),
            _(
                "You can now take part in cluster self-reflection for the Primary Care Model for Wales.\n\nSign in "
                "with this email address at:\n\n%(address)s",
                address=start_page_address(address, person),
            ),
        )


def made_deputy_email(held: Appointment, address: str) -> RenderedEmail:
    """Return the e-mail to a person who is now a deputy: what they can do, and where to sign in."""
    person = held.person
    with speaking(person.language):
        name = _cluster_of(held)
        return RenderedEmail(
            person.email,
            _("You are a nominated deputy of %(cluster)s", cluster=name),
            _(
                "You are now a nominated deputy of %(cluster)s. You can record what the cluster agrees, check it "
                "and submit it, in place of the lead at any time. What others have saved is there: you can "
                "continue from it.\n\nSign in with this email address at:\n\n%(address)s",
                cluster=name,
                address=start_page_address(address, person),
            ),
        )


def made_member_email(held: Appointment, address: str) -> RenderedEmail:
    """Return the e-mail to a person who is no longer a deputy but still a member."""
    person = held.person
    with speaking(person.language):
        name = _cluster_of(held)
        return RenderedEmail(
            person.email,
            _("You are a member of %(cluster)s", cluster=name),
            _(
                "You are no longer a nominated deputy of %(cluster)s. You still take part as a member. What you "
                "saved stays with the cluster.\n\nSign in with this email address at:\n\n%(address)s",
                cluster=name,
                address=start_page_address(address, person),
            ),
        )


def removed_email(person: Person, cluster: Cluster) -> RenderedEmail:
    """Return the e-mail to a person who no longer has a role in a cluster."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("You are no longer taking part for %(cluster)s", cluster=local(cluster.name)),
            _(
                "You have been taken off the list of people who take part in the self-reflection of %(cluster)s. "
                "What you saved stays with the cluster.\n\n"
                "If this is a mistake, ask the cluster lead or the national programme.",
                cluster=local(cluster.name),
            ),
        )


def _cluster_of(held: Appointment) -> str:
    return local(held.cluster.name) if held.cluster else ""
