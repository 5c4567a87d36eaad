"""Which clusters the boards send into peer review: nominate, change, withdraw, and who has not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session, transaction
from app.domain.errors import InvalidValue, NominationInUse, NominationLimitReached, RecordNotFound
from app.domain.peer_review.rules import MOST_WISHES
from app.domain.people.roles import Role
from app.models import (
    Appointment,
    Cluster,
    Cycle,
    HealthBoard,
    Nomination,
    Person,
    Reflection,
    Review,
    ReviewSubmission,
)
from app.services.cycle.commands import lock_peer_review_round, questionnaire_of
from app.services.email.transport import mailer
from app.services.organisations.queries import list_boards
from app.services.peer_review.emails import nomination_withdrawn_email
from app.services.reflection.queries import find_reflection, reflections_of_cycle


@dataclass(frozen=True)
class NominatedCluster:
    """A nomination with the reflection of its cluster: without a submission nothing can be reviewed."""

    nomination: Nomination
    reflection: Reflection

    @property
    def has_submitted(self) -> bool:
        """Whether there is something to review."""
        return self.reflection.latest is not None


@dataclass(frozen=True)
class BoardNominations:
    """A board, the clusters that it has nominated, and those that it could nominate yet."""

    board: HealthBoard
    nominated: tuple[NominatedCluster, ...]
    others: tuple[Reflection, ...]


def nominations_of_cycle(cycle: Cycle) -> tuple[BoardNominations, ...]:
    """Every board with its nominations in a cycle, boards and clusters by their English names."""
    by_cluster = {each.cluster_id: each for each in list_nominations(cycle.year)}
    everyone = sorted(reflections_of_cycle(cycle.year), key=lambda each: each.cluster.name_en)
    return tuple(_of(board, everyone, by_cluster) for board in list_boards())


def nominations_of_board(cycle: Cycle, board: HealthBoard) -> BoardNominations:
    """One board with its nominations in a cycle."""
    return next(each for each in nominations_of_cycle(cycle) if each.board.ods_code == board.ods_code)


def list_nominations(year: int) -> Sequence[Nomination]:
    """All nominations of a cycle, by board and cluster: the order that a problem of allocation is told in."""
    query = select(Nomination).filter_by(cycle_year=year)
    query = query.options(joinedload(Nomination.cluster), selectinload(Nomination.contacts))
    return sorted(session.scalars(query), key=lambda each: (each.board_code, each.cluster.code))


def find_nomination(year: int, cluster: Cluster) -> Nomination | None:
    """The nomination of a cluster in a cycle, None when there is none."""
    return session.scalar(select(Nomination).filter_by(cycle_year=year, cluster_id=cluster.id))


def possible_contacts(cluster: Cluster) -> Sequence[Appointment]:
    """Who takes part in a cluster and as what, by name."""
    query = select(Appointment).filter_by(cluster_id=cluster.id).options(joinedload(Appointment.person))
    return sorted(session.scalars(query), key=lambda each: (each.person.name.casefold(), each.person_id))


def nominate_cluster(
    reflection: Reflection,
    *,
    contacts: Iterable[int],
    wishes: Iterable[str],
    by: Person,
    now: datetime,
    most: int,
) -> Nomination:
    """Nominate a cluster with its contact people and wished outcomes, or change what was said when it was.

    NominationLimitReached when its board has nominated `most` others; InvalidValue when a contact is not of the
    cluster, none is given, or there are too many or unknown wishes.
    """
    asked = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
    wished, chosen = set(wishes), set(contacts)
    people = [each.person for each in possible_contacts(reflection.cluster) if each.person_id in chosen]
    if not people or len(people) != len(chosen):
        raise InvalidValue("contacts")
    if len(wished) > MOST_WISHES or not wished <= set(asked):
        raise InvalidValue("wishes")
    with transaction():
        nomination = _open(reflection, by, now, most)
        nomination.contacts = people
        nomination.wishes = [code for code in asked if code in wished]
    return nomination


def withdraw_nomination(reflection: Reflection, now: datetime, *, address: str | None) -> None:
    """Take a nomination back; taken back already, nothing changes.

    NominationInUse when the cluster has given or received a review that was returned, RoundFinished when the round
    is not changed any more. With the site's `address`, the national programme is told: every place counts.
    """
    with transaction():
        _lock(reflection, now)
        nomination = find_nomination(reflection.cycle_year, reflection.cluster)
        if nomination is None:
            return
        if _has_returned(nomination):
            raise NominationInUse
        session.delete(nomination)
    staff = session.scalars(select(Person).join(Appointment).where(Appointment.role == Role.SPPC)).unique()
    for person in staff if address else ():
        mailer.send(nomination_withdrawn_email(person, reflection, address or ""))


def reflection_of_nomination(cycle: Cycle, board: HealthBoard, cluster: str) -> Reflection:
    """The reflection of a cluster (its code) that was of this board when the cycle opened; RecordNotFound otherwise."""
    found = find_reflection(cycle.year, cluster)
    if found.board_code != board.ods_code:
        raise RecordNotFound("cluster", cluster)
    return found


def _of(board: HealthBoard, everyone: Sequence[Reflection], by_cluster: dict[int, Nomination]) -> BoardNominations:
    here = [each for each in everyone if each.board_code == board.ods_code]
    return BoardNominations(
        board,
        tuple(NominatedCluster(by_cluster[each.cluster_id], each) for each in here if each.cluster_id in by_cluster),
        tuple(each for each in here if each.cluster_id not in by_cluster),
    )


def _open(reflection: Reflection, by: Person, now: datetime, most: int) -> Nomination:
    """The nomination to write on: the one there is, or a new one if the board has room for it."""
    _lock(reflection, now)
    if nomination := find_nomination(reflection.cycle_year, reflection.cluster):
        return nomination
    of_the_board = [
        each for each in list_nominations(reflection.cycle_year) if each.board_code == reflection.board_code
    ]
    if len(of_the_board) >= most:
        raise NominationLimitReached([each.cluster for each in of_the_board])
    nomination = Nomination(
        cycle_year=reflection.cycle_year,
        cluster_id=reflection.cluster_id,
        board_code=reflection.board_code,
        nominated_at=now,
        nominated_by_id=by.id,
    )
    session.add(nomination)
    return nomination


def _has_returned(nomination: Nomination) -> bool:
    of_it = or_(Review.reviewer_id == nomination.cluster_id, Review.reviewed_id == nomination.cluster_id)
    query = select(ReviewSubmission.id).join(Review).where(Review.cycle_year == nomination.cycle_year, of_it)
    return session.scalar(query.limit(1)) is not None


def _lock(reflection: Reflection, now: datetime) -> None:
    """Let one at a time nominate for a board in a round that can be changed; on SQLite the transaction does that."""
    lock_peer_review_round(reflection.cycle, now)
    session.execute(select(HealthBoard.ods_code).filter_by(ods_code=reflection.board_code).with_for_update())
