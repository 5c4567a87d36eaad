"""Private ratings and the discussion: participation, distributions, the open workshop, rounds and votes."""

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
    """How many people of a cluster have given a view on anything, of how many, and from which groups."""

    given: int
    people: int
    groups: frozenset[str]


def own_private_ratings(reflection: Reflection, person: Person) -> Mapping[str, PrivateRating]:
    """Item code -> what this person said; ask for nobody but the person who is signed in."""
    query = select(PrivateRating).filter_by(reflection_id=reflection.id, person_id=person.id)
    return {view.item: view for view in session.scalars(query)}


def revealed_rounds(reflection: Reflection) -> Mapping[str, VotingRound]:
    """Item code -> the count of its private views, where it was revealed."""
    query = select(VotingRound).filter_by(reflection_id=reflection.id, number=0)
    return {each.item: each for each in session.scalars(query)}


def rating_participation(reflection: Reflection) -> Participation:
    """How many have given a view; of how many people the cluster has."""
    gave = (
        select(Person.id, Person.professional_group)
        .where(Person.id.in_(select(PrivateRating.person_id).filter_by(reflection_id=reflection.id)))
        .order_by(Person.id)
    )
    givers = session.execute(gave).all()
    people = people_of_cluster(reflection.cluster_id, OF_A_CLUSTER)
    return Participation(len(givers), len(people), frozenset(group for _identity, group in givers if group))


def rating_counts(reflection: Reflection) -> Mapping[str, int]:
    """Item code -> how many views there are; only how many."""
    query = (
        select(PrivateRating.item, func.count().label("views"))
        .filter_by(reflection_id=reflection.id)
        .group_by(PrivateRating.item)
    )
    return {row.item: row.views for row in session.execute(query)}


def ratings_of_item(reflection: Reflection, item: str) -> Sequence[PrivateRating]:
    """All views on an outcome: for counting only, see app.domain.workshop.private_ratings."""
    return session.scalars(select(PrivateRating).filter_by(reflection_id=reflection.id, item=item)).all()


def rating_distributions(reflection: Reflection, items: Sequence[str]) -> Mapping[str, Distribution]:
    """Return item code -> its distribution, for ordering the agenda only: not to be shown before it is revealed."""
    query = select(PrivateRating.item, PrivateRating.level).filter_by(reflection_id=reflection.id)
    given = session.execute(query).all()
    return {item: Distribution.of(level for of, level in given if of == item) for item in items}


def voting_rounds(reflection: Reflection, item: str) -> Sequence[VotingRound]:
    """The counts and votes on an outcome, in order."""
    query = select(VotingRound).filter_by(reflection_id=reflection.id, item=item).order_by(VotingRound.number)
    return session.scalars(query).all()


def find_open_vote(reflection: Reflection) -> VotingRound | None:
    """The vote that is open, if any."""
    return session.scalar(select(VotingRound).filter_by(reflection_id=reflection.id, revealed_at=None))


def count_votes(asked: VotingRound) -> int:
    """How many have voted in an open round."""
    return session.scalar(select(func.count()).select_from(Vote).filter_by(round_id=asked.id)) or 0


def own_vote(asked: VotingRound, person: Person) -> str:
    """What the person chose in an open round, "" before they did; ask for nobody but who is signed in."""
    return session.scalar(select(Vote.level).filter_by(round_id=asked.id, person_id=person.id)) or ""


def find_open_workshop(reflection: Reflection) -> Workshop | None:
    """The workshop that is open, if any."""
    return session.scalar(select(Workshop).filter_by(reflection_id=reflection.id, closed_at=None))


def workshop_attendance(reflection: Reflection) -> dict[str, Any] | None:
    """Who takes part in the open workshop: how many, of which groups; None when none is open."""
    workshop = find_open_workshop(reflection)
    return {"count": workshop.present, "groups": list(workshop.groups)} if workshop else None


def find_workshop_by_code(code: str) -> Workshop:
    """The open workshop with this short address; RecordNotFound when there is none."""
    found = session.scalar(select(Workshop).filter_by(code=code.upper(), closed_at=None)) if code.isalpha() else None
    if found is None:
        raise RecordNotFound("workshop", code)
    return found


def require_open_workshop(reflection: Reflection, item: str = "") -> Workshop:
    """Return the open workshop, inside a transaction that changes it.

    NoOpenWorkshop when there is none, or when its screen does not show `item`, the outcome that a button stood beside.
    """
    lock_reflection(reflection)
    workshop = find_open_workshop(reflection)
    if workshop is None or item not in ("", workshop.item):
        raise NoOpenWorkshop
    return workshop
