"""Health boards and clusters, all or by code."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import session
from app.domain.errors import RecordNotFound
from app.models import Cluster, HealthBoard


def list_boards() -> Sequence[HealthBoard]:
    """Return all health boards, by English name."""
    return session.scalars(select(HealthBoard).order_by(HealthBoard.name_en)).all()


def list_clusters() -> Sequence[Cluster]:
    """Return all clusters, by English name."""
    return session.scalars(select(Cluster).order_by(Cluster.name_en)).all()


def find_cluster(code: str) -> Cluster:
    """Return the cluster with that code; raise RecordNotFound if there is none."""
    query = select(Cluster).filter_by(code=code)
    if "\0" not in code and (found := session.scalar(query)):  # PostgreSQL refuses NUL in a query
        return found
    raise RecordNotFound("cluster", code, session.scalars(select(Cluster.code).order_by(Cluster.code)).all())


def find_board(code: str) -> HealthBoard:
    """Return the health board with that ODS code; raise RecordNotFound if there is none."""
    if found := session.get(HealthBoard, code):
        return found
    raise RecordNotFound(
        "board", code, session.scalars(select(HealthBoard.ods_code).order_by(HealthBoard.ods_code)).all()
    )
