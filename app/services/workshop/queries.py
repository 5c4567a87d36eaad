"""Queries for private ratings and workshops: participation, distributions, the open workshop, rounds and votes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.db import session
from app.domain.errors import NoOpenWorkshop, RecordNotFound
from app.domain.people.roles import OF_A_CLUSTER
from app.domain.statistics.distribution import Distribution
from app.models import Person, PrivateRating, Reflection, Vote, VotingRound, Workshop
from app.services.people.queries import people_of_cluster
from app.services.reflection.commands import lock_reflection


@dataclass(frozen=True)
class Participation:
    """The number of people of a cluster who have rated an outcome, of all its people, and the raters' groups."""

    given: int
    people: int
    groups: frozenset[str]


def own_private_ratings(reflection: Reflection, person: Person) -> Mapping[str, PrivateRating]:
    """Return item code -> this person's private rating; call it only for the person who is signed in."""
    query = select(PrivateRating).filter_by(reflection_id=reflection.id, person_id=person.id)
    return {view.item: view for view in session.scalars(query)}


def revealed_rounds(reflection: Reflection) -> Mapping[str, VotingRound]:
    """Return item code -> the revealed round of its private ratings (number 0)."""
    query = select(VotingRound).filter_by(reflection_id=reflection.id, number=0)
    return {each.item: each for each in session.scalars(query)}


def rating_participation(reflection: Reflection) -> Participation:
    """Return how many of the people of the cluster have rated any outcome, and their groups."""
    gave = (
        select(Person.id, Person.professional_group)
        .where(Person.id.in_(select(PrivateRating.person_id).filter_by(reflection_id=reflection.id)))
        .order_by(Person.id)
    )
    givers = session.execute(gave).all()
    people = people_of_cluster(reflection.cluster_id, OF_A_CLUSTER)
    return Participation(len(givers), len(people), frozenset(group for _identity, group in givers if group))


def rating_counts(reflection: Reflection) -> Mapping[str, int]:
    """Return item code -> the number of its private ratings."""
    query = (
        select(PrivateRating.item, func.count().label("views"))
        .filter_by(reflection_id=reflection.id)
        .group_by(PrivateRating.item)
    )
    return {row.item: row.views for row in session.execute(query)}


def ratings_of_item(reflection: Reflection, item: str) -> Sequence[PrivateRating]:
    """Return all private ratings of an outcome; for counting only, see app.domain.workshop.private_ratings."""
    return session.scalars(select(PrivateRating).filter_by(reflection_id=reflection.id, item=item)).all()


def rating_distributions(reflection: Reflection, items: Sequence[str]) -> Mapping[str, Distribution]:
    """Return item code -> its distribution, to order the agenda; never show it before it is revealed."""
    query = select(PrivateRating.item, PrivateRating.level).filter_by(reflection_id=reflection.id)
    given = session.execute(query).all()
    return {item: Distribution.of(level for of, level in given if of == item) for item in items}


def voting_rounds(reflection: Reflection, item: str) -> Sequence[VotingRound]:
    """Return the rounds on an outcome by number: 0 for the private ratings, then the votes."""
    query = select(VotingRound).filter_by(reflection_id=reflection.id, item=item).order_by(VotingRound.number)
    return session.scalars(query).all()


def find_open_vote(reflection: Reflection) -> VotingRound | None:
    """Return the open vote, or None."""
    return session.scalar(select(VotingRound).filter_by(reflection_id=reflection.id, revealed_at=None))


def count_votes(asked: VotingRound) -> int:
    """Return the number of votes in an open round."""
    return session.scalar(select(func.count()).select_from(Vote).filter_by(round_id=asked.id)) or 0


def own_vote(asked: VotingRound, person: Person) -> str:
    """Return this person's level in an open round, or ""; call it only for the person who is signed in."""
    return session.scalar(select(Vote.level).filter_by(round_id=asked.id, person_id=person.id)) or ""


def find_open_workshop(reflection: Reflection) -> Workshop | None:
    """Return the open workshop, or None."""
    return session.scalar(select(Workshop).filter_by(reflection_id=reflection.id, closed_at=None))


def workshop_attendance(reflection: Reflection) -> dict[str, Any] | None:
    """Return {"count": people present, "groups": codes} of the open workshop, or None."""
    workshop = find_open_workshop(reflection)
    return {"count": workshop.present, "groups": list(workshop.groups)} if workshop else None


def find_workshop_by_code(code: str) -> Workshop:
    """Return the open workshop with this code, in any case; raise RecordNotFound if there is none."""
    found = session.scalar(select(Workshop).filter_by(code=code.upper(), closed_at=None)) if code.isalpha() else None
    if found is None:
        raise RecordNotFound("workshop", code)
    return found


def require_open_workshop(reflection: Reflection, item: str = "") -> Workshop:
    """Lock the reflection in the caller's transaction and return its open workshop.

    `item` is the outcome on the page that sent the form, "" for any. Raise NoOpenWorkshop if no workshop is open or
    its screen shows another outcome.
    """
    lock_reflection(reflection)
    workshop = find_open_workshop(reflection)
    if workshop is None or item not in ("", workshop.item):
        raise NoOpenWorkshop
    return workshop
