"""Which cluster reviews which: found by the address of the reviewed one, and those that a person works on."""

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
    """The review of a cluster (its code) by the published allocation of a cycle; RecordNotFound when there is none."""
    if found := reviews_of_cycle(year).get(cluster):
        return found
    raise RecordNotFound("review", f"{year} {cluster}")


def reviews_of_cycle(year: int) -> Mapping[str, Review]:
    """The reviews by the published allocation of a cycle, by the code of the reviewed cluster.

    DataDamaged as it may be.
    """
    allocation = find_current_allocation(year)
    if allocation is None:
        return {}
    works = reviews_by_pair(year)
    if missing := [each for each in allocation.assignments if (each.reviewer_id, each.reviewed_id) not in works]:
        raise DataDamaged([RuleViolation("no-review", (each.reviewer.code, each.reviewed.code)) for each in missing])
    return {each.reviewed.code: works[each.reviewer_id, each.reviewed_id] for each in allocation.assignments}


def reviews_of_cycle_or_none(year: int) -> Mapping[str, Review]:
    """The same, none where the allocation is damaged: for pages that are about something else."""
    try:
        return reviews_of_cycle(year)
    except DataDamaged:
        return {}


def reviews_by_pair(year: int) -> Mapping[tuple[int, int], Review]:
    """Every review that was ever allocated in a cycle, by the ids of reviewer and reviewed cluster."""
    return {
        (each.reviewer_id, each.reviewed_id): each
        for each in session.scalars(select(Review).filter_by(cycle_year=year))
    }


def review_of_cluster(year: int, cluster: str) -> Review | None:
    """The review of a cluster (its code), None where there is none or the allocation is damaged."""
    return reviews_of_cycle_or_none(year).get(cluster)


def reviews_of_person(person: Person) -> Sequence[VisibleReview]:
    """The reviews that a person works on, the newest cycle first: those to give before those to reply to."""
    contact_for = select(Nomination.cluster_id).where(Nomination.contacts.any(Person.id == person.id))
    clusters = {held.cluster_id for held in person.holds(*RECORDERS)} | {*session.scalars(contact_for)}
    query = select(Review).where(Review.reviewer_id.in_(clusters) | Review.reviewed_id.in_(clusters))
    found = _standing(session.scalars(query.order_by(Review.id)).all())
    mine = [load_visible_review(each, Side.REVIEWER) for each in found if may_give_review(person, each)]
    mine += [load_visible_review(each, Side.REVIEWED) for each in found if may_reply_to_review(person, each)]
    return sorted(mine, key=lambda each: each.review.cycle_year, reverse=True)


def _standing(found: Sequence[Review]) -> list[Review]:
    """Those of them that the published allocation of their cycle still has."""
    by_year = {year: {*reviews_of_cycle_or_none(year).values()} for year in {each.cycle_year for each in found}}
    return [each for each in found if each in by_year[each.cycle_year]]
