"""All e-mails of peer review: nomination, allocation, meeting, return, reply."""

from app.domain.peer_review.review import Side
from app.domain.reflection.answers import Content
from app.i18n import gettext as _
from app.i18n import iso_day, local, speaking
from app.models import Allocation, Person, Reflection, Review, ReviewAssignment
from app.services.email.message import RenderedEmail


def nomination_withdrawn_email(person: Person, reflection: Reflection, address: str) -> RenderedEmail:
    """Return the e-mail to SPPC staff that a board has withdrawn a nomination."""
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


def review_assigned_email(person: Person, assignment: ReviewAssignment, side: Side, address: str) -> RenderedEmail:
    """Return the e-mail to a person of one side that a review was assigned: who reviews whom, on which outcomes."""
    allocation = assignment.allocation
    with speaking(person.language):
        reviewer, reviewed = local(assignment.reviewer.name), local(assignment.reviewed.name)
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
            outcomes=", ".join(assignment.outcomes),
            task=task,
            address=f"{address}/{person.language}/reviews/{allocation.cycle_year}/{assignment.reviewed.code}/",
        )
        return RenderedEmail(person.email, subject, body + _reason(allocation))


def review_cancelled_email(person: Person, assignment: ReviewAssignment, allocation: Allocation) -> RenderedEmail:
    """Return the e-mail to a person of one side that the new version of the allocation no longer has the review."""
    with speaking(person.language):
        reviewer, reviewed = local(assignment.reviewer.name), local(assignment.reviewed.name)
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
    """Return a paragraph with the reason for a new version; "" for the first version."""
    if not allocation.reason:
        return ""
    return "\n\n" + str(_("This is a new version. The reason given:\n\n%(reason)s", reason=allocation.reason))


def meeting_email(person: Person, review: Review, arranged: Content, address: str) -> RenderedEmail:
    """Return the e-mail to the other cluster with the time and place of the meeting."""
    with speaking(person.language):
        when = ", ".join(part for part in (iso_day(arranged["day"]), arranged["time"]) if part)
        return RenderedEmail(
            person.email,
            _("Peer review of %(cluster)s: when to meet", cluster=local(review.reviewed.name)),
            _(
                "%(reviewer)s and %(cluster)s will meet for the peer review:\n\n%(when)s\n%(place)s\n\nIf this "
                "does not suit you, change it in the service or ask the other cluster:\n\n%(address)s",
                reviewer=local(review.reviewer.name),
                cluster=local(review.reviewed.name),
                when=when,
                place=arranged["place"],
                address=_page(review, person, address),
            ),
        )


def review_returned_email(person: Person, review: Review, address: str) -> RenderedEmail:
    """Return the e-mail to the reviewed cluster that its review has been returned."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("The peer review of %(cluster)s is here", cluster=local(review.reviewed.name)),
            _(
                "%(reviewer)s has returned its peer review of %(cluster)s.\n\n"
                "Sign in to read it, to reply, and to say which good practice may be shared:\n\n%(address)s",
                reviewer=local(review.reviewer.name),
                cluster=local(review.reviewed.name),
                address=_page(review, person, address),
            ),
        )


def review_replied_email(person: Person, review: Review, address: str) -> RenderedEmail:
    """Return the e-mail to the reviewers that the reviewed cluster has replied."""
    with speaking(person.language):
        return RenderedEmail(
            person.email,
            _("%(cluster)s has replied to your peer review", cluster=local(review.reviewed.name)),
            _(
                "%(cluster)s has replied to the peer review by %(reviewer)s.\n\n"
                "Sign in to read the reply:\n\n%(address)s",
                cluster=local(review.reviewed.name),
                reviewer=local(review.reviewer.name),
                address=_page(review, person, address),
            ),
        )


def _page(review: Review, person: Person, address: str) -> str:
    return f"{address}/{person.language}/reviews/{review.cycle_year}/{review.reviewed.code}/"
