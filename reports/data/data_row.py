"""One row of a report's data: a figure that was counted, or a passage that was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

Value = int | float | str | None
"""A count, a coefficient, a code, a passage or a date (ISO 8601)."""


class CellState(StrEnum):
    """Whether a row has a value, and if not, why."""

    SHOWN = "shown"
    #: Suppressed: too few clusters, or it could be worked out from other figures.
    HIDDEN = "hidden"
    #: Not comparable, since the wording changed.
    NOT_COMPARABLE = "not-comparable"
    #: Nobody answered, or nothing was written.
    NONE = "none"
    #: It cannot be computed from the answers.
    UNDEFINED = "undefined"


@dataclass(frozen=True)
class DataRow:
    """One figure with the codes that identify it; the formats add labels."""

    #: Which table of the report, such as "levels"; see reports.data.dictionary.
    table: str
    #: The measure, such as "clusters" or "median_lower".
    measure: str
    #: None unless the row is shown; a code where the unit of the measure is one.
    value: Value
    #: The denominator, where the value is a count.
    of: int | None = None
    #: The cycle that the figure is about.
    year: int = 0
    #: "wales", a board, merged boards ("7A1+7A7"), or a cluster.
    place: str = ""
    #: The outcome or question.
    item: str = ""
    #: The level, the option, the movement ("foundation>developing"), the theme.
    category: str = ""
    state: CellState = CellState.SHOWN
    #: The language of a passage as it was typed; empty for figures.
    language: str = ""


def withheld(rows: Iterable[DataRow], state: CellState = CellState.HIDDEN) -> Iterator[DataRow]:
    """Yield the same rows without their values."""
    return (replace(row, value=None, of=None, language="", state=state) for row in rows)


def found(value: Value, otherwise: CellState = CellState.NONE) -> tuple[Value, CellState]:
    """Return a value with its state: shown, or `otherwise` for None."""
    return (None, otherwise) if value is None or value == "" else (value, CellState.SHOWN)
