"""What each person thinks before the cluster talks: given in private, counted, never shown by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.db import session, transaction
from app.domain.errors import RatingClosed
from app.domain.people.roles import OF_A_CLUSTER
from app.domain.saving.decision import PendingSave, must_add
from app.domain.statistics.distribution import Distribution
from app.models import Person, PrivateRating, Reflection, VotingRound
from app.services.email.message import small_group_email
from app.services.email.transport import mailer
from app.services.people.commands import people_of_cluster
from app.services.reflection.commands import lock_reflection, require_open


@dataclass(frozen=True)
class Participation:
    """How many people of a cluster have given a view on anything, of how many, and from which groups."""

    given: int
    people: int
    groups: frozenset[str]


def save_private_rating(reflection: Reflection, draft: PendingSave, by: Person, now: datetime) -> PrivateRating | None:
    """Keep what a person thinks of an outcome; None when there is nothing to keep.

    RatingClosed once the views on it were revealed; StaleAnswer and SupersededSave as for an answer, when the
    same person saved it in another window; CycleNotOpen and AlreadySubmitted when nothing can be saved.
    """
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        if draft.item in revealed_rounds(reflection):
            raise RatingClosed
        saved = own_private_ratings(reflection, by).get(draft.item)
        if must_add(draft, saved):
            return _kept(saved, reflection, draft, by, now)
        if saved and reflection.told_at and saved.saved_at < reflection.told_at:
            saved.saved_at = now  # given again, knowing that few views are shown too
        return saved


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
    """Item code -> its spread: for ordering the agenda only, never to be shown before it is revealed."""
    query = select(PrivateRating.item, PrivateRating.level).filter_by(reflection_id=reflection.id)
    given = session.execute(query).all()
    return {item: Distribution.of(level for of, level in given if of == item) for item in items}


def announce_small_group(reflection: Reflection, now: datetime, *, address: str) -> None:
    """Tell the members that the spread will be shown of however few views; told already, nothing changes."""
    with transaction():
        lock_reflection(reflection)
        require_open(reflection, now)
        if reflection.told_at:
            return
        reflection.told_at = now
    for person in people_of_cluster(reflection.cluster_id, OF_A_CLUSTER):
        mailer.send(small_group_email(person, reflection, address))


def _kept(
    saved: PrivateRating | None, reflection: Reflection, draft: PendingSave, by: Person, now: datetime
) -> PrivateRating:
    view = saved or PrivateRating(reflection_id=reflection.id, item=draft.item, person_id=by.id, version=0)
    view.level, view.note = draft.content["level"], draft.content["note"]
    view.version, view.window, view.step, view.saved_at = view.version + 1, draft.window, draft.step, now
    session.add(view)
    return view
