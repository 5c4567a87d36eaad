"""Rows that more than one report has: the distribution over the levels of an outcome, and movement."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from surveys.schema import UNABLE

from reports.data.data_row import DataRow

if TYPE_CHECKING:
    from app.domain.statistics.distribution import Distribution
    from app.domain.statistics.movement import Movement


def distribution(counted: Distribution, submitted: int, place: str, item: str, year: int = 0) -> Iterator[DataRow]:
    """Yield the levels of one outcome: each of those that gave one; "not able to say" of all that answered."""
    row = partial(DataRow, "levels", year=year, place=place, item=item)
    for level, count in counted.counts.items():
        yield row("clusters", count, counted.given, category=level)
    yield row("clusters", counted.unable, counted.given + counted.unable, category=UNABLE)
    yield row("gave_level", counted.given, submitted)


def steps(moved: Movement, place: str, item: str, year: int = 0) -> Iterator[DataRow]:
    """Yield how many moved up, stayed and moved down, of those with a level both times; the others of all."""
    row = partial(DataRow, "movement", "clusters", year=year, place=place, item=item)
    for step, count in (("up", moved.up), ("same", moved.same), ("down", moved.down)):
        yield row(count, moved.compared, category=step)
    yield row(moved.not_comparable, moved.both, category="not_comparable")
