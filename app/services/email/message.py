"""What the letters say, each in the language of the person it goes to."""

from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Appointment, Cluster, Person, Reflection, Submission
from app.services.email.transport import RenderedEmail


def sign_in_email(person: Person, address: str) -> RenderedEmail:
    """The link that signs a person in."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("Your link to sign in to cluster self-reflection"),
            _(
                "Open this link and press the button on the page to sign in:\n\n%(address)s\n\nThe link works "
                "once, for 20 minutes. If you did not ask for it, you can ignore this email.",
                address=address,
            ),
        )


def invitation_email(person: Person, address: str) -> RenderedEmail:
    """Tells a person that they can sign in, and where: at the site's `address`."""
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
    """Tells a person that they are a deputy now, what that allows, and where."""
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
    """Tells a person that they are a deputy no longer, and a member still."""
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
    """Tells a person that they take part in a cluster no longer."""
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


def submitted_email(person: Person, reflection: Reflection, submission: Submission) -> RenderedEmail:
    """Confirms a submission to the person who made it."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("The %(cluster)s reflection was submitted", cluster=local(reflection.cluster.name)),
            _(
                "The self-reflection of %(cluster)s for %(year)s was submitted. Its reference is %(reference)s.\n\n"
                "%(comparison)s\n\n"
                "It can be read in the service at any time. "
                "To change something, ask the national programme to reopen it.",
                cluster=local(reflection.cluster.name),
                year=reflection.cycle_year,
                reference=submission.reference,
                comparison=_comparison(submission),
            ),
        )


def _comparison(submission: Submission) -> str:
    agreed: str = _("The cluster agreed to be compared, without names, with other clusters that agreed.")
    refused: str = _("The cluster did not agree to be compared with other clusters.")
    return agreed if submission.compares else refused


def small_group_email(person: Person, reflection: Reflection, address: str) -> RenderedEmail:
    """Tells a member that the spread of private views will be shown even of few, before it is."""
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


def reopened_email(person: Person, reflection: Reflection, reason: str) -> RenderedEmail:
    """Tells a lead or deputy that their reflection can be changed again, and why."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("The %(cluster)s reflection was reopened", cluster=local(reflection.cluster.name)),
            _(
                "The national programme reopened the self-reflection of %(cluster)s for %(year)s.\n\nThe reason "
                "given:\n\n%(reason)s\n\nNothing was lost. Sign in to make the changes that are needed, then "
                "submit it again.",
                cluster=local(reflection.cluster.name),
                year=reflection.cycle_year,
                reason=reason,
            ),
        )


def start_page_address(address: str, person: Person) -> str:
    """The start page of the site at `address`, in the language of a person."""
    return f"{address}/{person.language}/"


def _cluster_of(held: Appointment) -> str:
    return local(held.cluster.name) if held.cluster else ""
