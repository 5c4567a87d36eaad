"""Queries for reviews: by cycle and reviewed cluster, and by the person who works on them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.db import session
from app.domain.errors import DataDamaged, RecordNotFound
from app.domain.peer_review.allocation.stored_rows_check import RuleViolation
from app.domain.peer_review.review import Side
from app.domain.people.roles import RECORDERS
from app.models import Nomination, Person, Review
from app.permissions import may_give_review, may_reply_to_review
from app.services.peer_review.allocation_queries import find_current_allocation
from app.services.peer_review.visible_review import VisibleReview, load_visible_review


def find_review(year: int, cluster: str) -> Review:
    """Return the review of a cluster (code) in the current allocation; raise RecordNotFound if there is none."""
    if found := reviews_of_cycle(year).get(cluster):
        return found
    raise RecordNotFound("review", f"{year} {cluster}")


def reviews_of_cycle(year: int) -> Mapping[str, Review]:
    """Return the code of the reviewed cluster -> its review, for the current allocation; {} before there is one.

    Raise DataDamaged if the allocation breaks a rule or one of its reviews does not exist.
    """
    allocation = find_current_allocation(year)
    if allocation is None:
        return {}
    works = reviews_by_pair(year)
    if missing := [each for each in allocation.assignments if (each.reviewer_id, each.reviewed_id) not in works]:
        raise DataDamaged([RuleViolation("no-review", (each.reviewer.code, each.reviewed.code)) for each in missing])
    return {each.reviewed.code: works[each.reviewer_id, each.reviewed_id] for each in allocation.assignments}


def reviews_of_cycle_or_none(year: int) -> Mapping[str, Review]:
    """Return the same as `reviews_of_cycle`, or {} if the allocation is damaged; for pages about something else."""
    try:
        return reviews_of_cycle(year)
    except DataDamaged:
        return {}


def reviews_by_pair(year: int) -> Mapping[tuple[int, int], Review]:
    """Return (reviewer id, reviewed id) -> review, for every version of the allocation that was published."""
    return {
        (each.reviewer_id, each.reviewed_id): each
        for each in session.scalars(select(Review).filter_by(cycle_year=year))
    }


def review_of_cluster(year: int, cluster: str) -> Review | None:
    """Return the review of a cluster (code); None if there is none or the allocation is damaged."""
    return reviews_of_cycle_or_none(year).get(cluster)


def reviews_of_person(person: Person) -> Sequence[VisibleReview]:
    """Return the reviews that a person may give, then those they may reply to; newest cycle first."""
    contact_for = select(Nomination.cluster_id).where(Nomination.contacts.any(Person.id == person.id))
    clusters = {held.cluster_id for held in person.holds(*RECORDERS)} | {*session.scalars(contact_for)}
    query = select(Review).where(Review.reviewer_id.in_(clusters) | Review.reviewed_id.in_(clusters))
    found = _standing(session.scalars(query.order_by(Review.id)).all())
    mine = [load_visible_review(each, Side.REVIEWER) for each in found if may_give_review(person, each)]
    mine += [load_visible_review(each, Side.REVIEWED) for each in found if may_reply_to_review(person, each)]
    return sorted(mine, key=lambda each: each.review.cycle_year, reverse=True)


def _standing(found: Sequence[Review]) -> list[Review]:
    """Return those that the current allocation of their cycle still has."""
    by_year = {year: {*reviews_of_cycle_or_none(year).values()} for year in {each.cycle_year for each in found}}
    return [each for each in found if each in by_year[each.cycle_year]]
