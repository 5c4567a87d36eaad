"""Health boards and clusters, all or by code."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import session
from app.domain.errors import RecordNotFound
from app.models import Cluster, HealthBoard


def list_boards() -> Sequence[HealthBoard]:
    """All health boards by their English name."""
    return session.scalars(select(HealthBoard).order_by(HealthBoard.name_en)).all()


def list_clusters() -> Sequence[Cluster]:
    """All clusters by their English name."""
    return session.scalars(select(Cluster).order_by(Cluster.name_en)).all()


def find_cluster(code: str) -> Cluster:
    """The cluster of that code; RecordNotFound when there is none."""
    query = select(Cluster).filter_by(code=code)
    if "\0" not in code and (found := session.scalar(query)):  # PostgreSQL refuses to be asked for it
        return found
    raise RecordNotFound("cluster", code, session.scalars(select(Cluster.code).order_by(Cluster.code)).all())


def find_board(code: str) -> HealthBoard:
    """The health board of that ODS code; RecordNotFound when there is none."""
    if found := session.get(HealthBoard, code):
        return found
    raise RecordNotFound(
        "board", code, session.scalars(select(HealthBoard.ods_code).order_by(HealthBoard.ods_code)).all()
    )
