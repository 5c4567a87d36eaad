"""Queries for nominations: by cycle, by board, and the clusters that a board could still nominate."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import session
from app.domain.errors import RecordNotFound
from app.models import Appointment, Cluster, Cycle, HealthBoard, Nomination, Reflection
from app.services.organisations.queries import list_boards
from app.services.reflection.queries import find_reflection, reflections_of_cycle


@dataclass(frozen=True)
class NominatedCluster:
    """A nomination with the reflection of its cluster."""

    nomination: Nomination
    reflection: Reflection

    @property
    def has_submitted(self) -> bool:
        """Whether the cluster has submitted, so that there is something to review."""
        return self.reflection.latest is not None


@dataclass(frozen=True)
class BoardNominations:
    """A board, its nominated clusters, and the reflections of its other clusters."""

    board: HealthBoard
    nominated: tuple[NominatedCluster, ...]
    others: tuple[Reflection, ...]


def nominations_of_cycle(cycle: Cycle) -> tuple[BoardNominations, ...]:
    """Return every board with its nominations in a cycle; boards and clusters by English name."""
    by_cluster = {each.cluster_id: each for each in list_nominations(cycle.year)}
    everyone = sorted(reflections_of_cycle(cycle.year), key=lambda each: each.cluster.name_en)
    return tuple(_of(board, everyone, by_cluster) for board in list_boards())


def nominations_of_board(cycle: Cycle, board: HealthBoard) -> BoardNominations:
    """Return one board with its nominations in a cycle."""
    return next(each for each in nominations_of_cycle(cycle) if each.board.ods_code == board.ods_code)


def list_nominations(year: int) -> Sequence[Nomination]:
    """Return all nominations of a cycle, by board and cluster: the order of the nominees in the allocation problem."""
    query = select(Nomination).filter_by(cycle_year=year)
    query = query.options(joinedload(Nomination.cluster), selectinload(Nomination.contacts))
    return sorted(session.scalars(query), key=lambda each: (each.board_code, each.cluster.code))


def find_nomination(year: int, cluster: Cluster) -> Nomination | None:
    """Return the nomination of a cluster in a cycle, or None."""
    return session.scalar(select(Nomination).filter_by(cycle_year=year, cluster_id=cluster.id))


def possible_contacts(cluster: Cluster) -> Sequence[Appointment]:
    """Return the appointments of a cluster, people loaded, by name."""
    query = select(Appointment).filter_by(cluster_id=cluster.id).options(joinedload(Appointment.person))
    return sorted(session.scalars(query), key=lambda each: (each.person.name.casefold(), each.person_id))


def reflection_of_nomination(cycle: Cycle, board: HealthBoard, cluster: str) -> Reflection:
    """Return the reflection of a cluster (code); raise RecordNotFound if it was not of this board in that cycle."""
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
