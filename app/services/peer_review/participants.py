"""Who takes part in a review: those of each side who write, and whom the other side turns to."""

from collections.abc import Sequence

from app.domain.peer_review.review import Side
from app.domain.people.roles import OF_A_CLUSTER, RECORDERS
from app.models import Nomination, Person, Review
from app.services.people.queries import people_of_cluster


def writers_of_side(review: Review, side: Side) -> Sequence[Person]:
    """The lead and deputies of the side's cluster and the contact people it was nominated with, each once."""
    return list(dict.fromkeys([*_recorders(review, side), *_contacts(review, side)]))


def contacts_of_side(review: Review, side: Side) -> Sequence[Person]:
    """Whom the other side turns to: the contact people, or the lead and deputies where there are none."""
    return _contacts(review, side) or _recorders(review, side)


def notified_of_side(review: Review, side: Side, by: Person) -> Sequence[Person]:
    """Whom to write to when somebody of a side did something."""
    return [person for person in writers_of_side(review, opposite_side(side)) if person != by]


def opposite_side(side: Side) -> Side:
    """The other side of a review."""
    return Side.REVIEWED if side is Side.REVIEWER else Side.REVIEWER


def _recorders(review: Review, side: Side) -> Sequence[Person]:
    return people_of_cluster(review.reviewer_id if side is Side.REVIEWER else review.reviewed_id, RECORDERS)


def _contacts(review: Review, side: Side) -> Sequence[Person]:
    is_reviewer = side is Side.REVIEWER
    nomination: Nomination | None = review.reviewers_nomination if is_reviewer else review.revieweds_nomination
    cluster = review.reviewer_id if is_reviewer else review.reviewed_id
    return [each for each in nomination.contacts if _is_of(each, cluster)] if nomination else []


def _is_of(person: Person, cluster_id: int) -> bool:
    """Whether somebody takes part in a cluster; they may have been taken off since they were named."""
    return any(held.cluster_id == cluster_id for held in person.holds(*OF_A_CLUSTER))
