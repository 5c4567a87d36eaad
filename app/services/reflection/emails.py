"""E-mails about a reflection: submitted, reopened."""

from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Person, Reflection, Submission
from app.services.email.message import RenderedEmail


def submitted_email(person: Person, reflection: Reflection, submission: Submission) -> RenderedEmail:
    """Return the e-mail that confirms a submission to the person who made it."""
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


def reopened_email(person: Person, reflection: Reflection, reason: str) -> RenderedEmail:
    """Return the e-mail to a lead or deputy that their reflection was reopened, with the reason."""
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
