"""The people of each side of a review: who writes, who is a contact, who is e-mailed."""

from collections.abc import Sequence

from app.domain.peer_review.review import Side
from app.domain.people.roles import OF_A_CLUSTER, RECORDERS
from app.models import Nomination, Person, Review
from app.services.people.queries import people_of_cluster


def writers_of_side(review: Review, side: Side) -> Sequence[Person]:
    """Return the lead, the deputies and the nomination's contacts of that side's cluster, each once."""
    return list(dict.fromkeys([*_recorders(review, side), *_contacts(review, side)]))


def contacts_of_side(review: Review, side: Side) -> Sequence[Person]:
    """Return the contacts of that side's nomination, or its lead and deputies if there are none."""
    return _contacts(review, side) or _recorders(review, side)


def notified_of_side(review: Review, side: Side, by: Person) -> Sequence[Person]:
    """Return the people to e-mail when `by` of that side has done something: the other side's writers."""
    return [person for person in writers_of_side(review, opposite_side(side)) if person != by]


def opposite_side(side: Side) -> Side:
    """Return the other side of a review."""
    return Side.REVIEWED if side is Side.REVIEWER else Side.REVIEWER


def _recorders(review: Review, side: Side) -> Sequence[Person]:
    return people_of_cluster(review.reviewer_id if side is Side.REVIEWER else review.reviewed_id, RECORDERS)


def _contacts(review: Review, side: Side) -> Sequence[Person]:
    is_reviewer = side is Side.REVIEWER
    nomination: Nomination | None = review.reviewers_nomination if is_reviewer else review.revieweds_nomination
    cluster = review.reviewer_id if is_reviewer else review.reviewed_id
    return [each for each in nomination.contacts if _is_of(each, cluster)] if nomination else []


def _is_of(person: Person, cluster_id: int) -> bool:
    """Return whether a person holds a role in the cluster; a contact may have lost it since the nomination."""
    return any(held.cluster_id == cluster_id for held in person.holds(*OF_A_CLUSTER))
