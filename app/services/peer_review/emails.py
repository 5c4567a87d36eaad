"""What the letters about nomination and allocation say, each in the language of the person it goes to."""

from app.domain.peer_review.review import Side
from app.i18n import gettext as _
from app.i18n import local, speaking
from app.models import Allocation, Person, Reflection, ReviewAssignment
from app.services.email.transport import RenderedEmail


def nomination_withdrawn_email(person: Person, reflection: Reflection, address: str) -> RenderedEmail:
    """Tells the national programme that a board took a nomination back."""
    with speaking(person.language):
        name = local(reflection.cluster.name)
        return RenderedEmail(
            person.email,
            _("%(cluster)s was withdrawn from peer review", cluster=name),
            _(
                "%(board)s has withdrawn %(cluster)s from the peer review of %(year)s. An allocation that is "
                "published stays as it is until you publish another.\n\n%(address)s",
                board=local(reflection.board.name),
                cluster=name,
                year=reflection.cycle_year,
                address=f"{address}/{person.language}/peer-review/{reflection.cycle_year}/",
            ),
        )


def review_assigned_email(person: Person, allotment: ReviewAssignment, side: Side, address: str) -> RenderedEmail:
    """Tells somebody of one side of a review who reviews whom, and where it goes on."""
    allocation = allotment.allocation
    with speaking(person.language):
        reviewer, reviewed = local(allotment.reviewer.name), local(allotment.reviewed.name)
        if side is Side.REVIEWER:
            subject = _("%(reviewer)s reviews %(reviewed)s", reviewer=reviewer, reviewed=reviewed)
            task = _("Arrange a date with them, then say what you heard about each outcome.")
        else:
            subject = _("%(reviewed)s is reviewed by %(reviewer)s", reviewer=reviewer, reviewed=reviewed)
            task = _("They will arrange a date with you. When they have returned the review, you can reply to it.")
        body = _(
            "The %(year)s peer review has been allocated.\n\n%(subject)s. The outcomes: %(outcomes)s.\n\n%(task)s\n"
            "\n%(address)s",
            year=allocation.cycle_year,
            subject=subject,
            outcomes=", ".join(allotment.outcomes),
            task=task,
            address=f"{address}/{person.language}/reviews/{allocation.cycle_year}/{allotment.reviewed.code}/",
        )
        return RenderedEmail(person.email, subject, body + _reason(allocation))


def review_cancelled_email(person: Person, allotment: ReviewAssignment, allocation: Allocation) -> RenderedEmail:
    """Tells somebody that a review they had a part in is not in the new version of the allocation."""
    with speaking(person.language):
        reviewer, reviewed = local(allotment.reviewer.name), local(allotment.reviewed.name)
        body = _(
            "The allocation of the %(year)s peer review has changed: %(reviewer)s no longer reviews %(reviewed)s. "
            "What was written is kept, but nobody will continue with it.",
            year=allocation.cycle_year,
            reviewer=reviewer,
            reviewed=reviewed,
        )
        subject = _("%(reviewer)s no longer reviews %(reviewed)s", reviewer=reviewer, reviewed=reviewed)
        return RenderedEmail(person.email, subject, body + _reason(allocation))


def _reason(allocation: Allocation) -> str:
    """Why there is a new version; nothing for the first."""
    if not allocation.reason:
        return ""
    return "\n\n" + str(_("This is a new version. The reason given:\n\n%(reason)s", reason=allocation.reason))
