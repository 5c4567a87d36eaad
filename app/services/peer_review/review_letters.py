"""What the letters between the two clusters of a review say, each in the language of the person it goes to."""

from app.domain.reflection.answers import Content
from app.i18n import gettext as _
from app.i18n import iso_day, local, speaking
from app.models import Person, Review
from app.services.email.transport import RenderedEmail


def meeting_email(person: Person, review: Review, arranged: Content, address: str) -> RenderedEmail:
    """Tells that the other cluster arranged when and where to meet."""
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
    """Tells the reviewed cluster that its review is there."""
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
    """Tells the reviewers that the reviewed cluster has replied."""
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
