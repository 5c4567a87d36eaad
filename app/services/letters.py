"""What the letters say, each in the language of the person it goes to."""

from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Person, Reflection, Submission
from app.services.post import Letter


def sign_in(person: Person, address: str) -> Letter:
    """The link that signs a person in."""
    with speaking(person.language):
        return Letter(
            person.email,
            _("Your link to sign in to cluster self-reflection"),
            _(
                "Open this link and press the button on the page to sign in:\n\n%(address)s\n\n"
                "The link works once, for 20 minutes. If you did not ask for it, you can ignore this e-mail.",
                address=address,
            ),
        )


def invitation(person: Person, address: str) -> Letter:
    """Tells a person that they can sign in, and where."""
    with speaking(person.language):
        return Letter(
            person.email,
            _("You are invited to cluster self-reflection"),
            _(
                "You can now take part in cluster self-reflection for the Primary Care Model for Wales.\n\n"
                "Sign in with this e-mail address at:\n\n%(address)s",
                address=address,
            ),
        )


def submitted(person: Person, reflection: Reflection, submission: Submission) -> Letter:
    """Confirms a submission to the person who made it."""
    with speaking(person.language):
        return Letter(
            person.email,
            _("The reflection of %(cluster)s was submitted", cluster=local(reflection.cluster.name)),
            _(
                "The self-reflection of %(cluster)s for %(year)s was submitted. Its reference is %(reference)s.\n\n"
                "It can be read in the service at any time. "
                "To change something, ask the national programme to reopen it.",
                cluster=local(reflection.cluster.name),
                year=reflection.cycle_year,
                reference=submission.reference,
            ),
        )


def reopened(person: Person, reflection: Reflection, reason: str) -> Letter:
    """Tells a lead or deputy that their reflection can be changed again, and why."""
    with speaking(person.language):
        return Letter(
            person.email,
            _("The reflection of %(cluster)s was reopened", cluster=local(reflection.cluster.name)),
            _(
                "The national programme reopened the self-reflection of %(cluster)s for %(year)s.\n\n"
                "The reason given:\n\n%(reason)s\n\n"
                "Nothing was lost. Sign in to change what is needed, then submit it again.",
                cluster=local(reflection.cluster.name),
                year=reflection.cycle_year,
                reason=reason,
            ),
        )
