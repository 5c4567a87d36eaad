"""Load the health boards and clusters of Wales into the database."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from app.db import Base, session, transaction
from app.models import Cluster, HealthBoard

HERE = Path(__file__).parent


def load_organisations() -> tuple[int, int]:
    """Create or update the boards of boards.csv and the clusters of clusters.csv; delete none.

    Return the number of boards and clusters in the files. Boards are matched by ODS code, clusters by their code.
    """
    boards, clusters = list(_rows("boards.csv")), list(_rows("clusters.csv"))
    with transaction():
        for row in boards:
            _store(session.get(HealthBoard, row["ods_code"]) or HealthBoard(), row)
        session.flush()
        for row in clusters:
            _store(session.scalar(select(Cluster).filter_by(code=row["code"])) or Cluster(), row)
    return len(boards), len(clusters)


def _rows(file: str) -> Iterator[dict[str, str | None]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {column: value or None for column, value in row.items()}


def _store(place: Base, row: dict[str, str | None]) -> None:
    for column, value in row.items():
        setattr(place, column, int(value) if column == "population" and value else value)
    session.add(place)
