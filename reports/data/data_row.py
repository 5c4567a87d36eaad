"""One row of a report's data: a figure that was counted, or a passage that was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

Value = int | float | str | None
"""A count, a coefficient, a code, a passage or a date (ISO 8601)."""


class CellState(StrEnum):
    """Whether a row holds a figure, and why not."""

    SHOWN = "shown"
    #: Too few clusters stand behind it, or it could be worked out from others.
    HIDDEN = "hidden"
    #: The wording changed: the figures before and now are not of the same thing.
    NOT_COMPARABLE = "not-comparable"
    #: Nobody answered, or nothing was written.
    NONE = "none"
    #: It cannot be worked out from what was answered.
    UNDEFINED = "undefined"


@dataclass(frozen=True)
class DataRow:
    """One figure with the codes that identify it; the formats add labels."""

    #: Which table of the report, such as "levels"; see reports.data.dictionary.
    table: str
    #: What is counted or told, such as "clusters" or "median_lower".
    measure: str
    #: None unless the row is shown; a code where the unit of the measure is one.
    value: Value
    #: Of how many, where the value is a count.
    of: int | None = None
    #: The cycle that the figure is about.
    year: int = 0
    #: "wales", a board, boards put together ("7A1+7A7"), or a cluster.
    place: str = ""
    #: The outcome or question.
    item: str = ""
    #: The level, the option, the movement ("foundation>developing"), the theme.
    category: str = ""
    state: CellState = CellState.SHOWN
    #: The language of a passage as it was typed; empty for figures.
    language: str = ""


def withheld(rows: Iterable[DataRow], state: CellState = CellState.HIDDEN) -> Iterator[DataRow]:
    """The same rows without their figures."""
    return (replace(row, value=None, of=None, language="", state=state) for row in rows)


def found(value: Value, otherwise: CellState = CellState.NONE) -> tuple[Value, CellState]:
    """A value with its state: shown, and `otherwise` where there is none."""
    return (None, otherwise) if value is None or value == "" else (value, CellState.SHOWN)
