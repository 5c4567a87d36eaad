"""One row of a report's data: a figure that was counted, or a passage that was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether a row holds a figure, and why not."""

    SHOWN = "shown"
    #: Too few clusters stand behind it, or it could be worked out from others.
    HIDDEN = "hidden"
    #: The wording changed: the figures before and now are not of the same thing.
    NOT_COMPARABLE = "not-comparable"
    #: Nobody answered.
    NONE = "none"


@dataclass(frozen=True)
class Row:
    """One figure with all that tells which one it is, as codes; the faces add the labels."""

    #: Which table of the report, such as "levels"; see reports.data.dictionary.
    table: str
    #: What is counted or told, such as "clusters" or "median_lower".
    measure: str
    value: int | float | str | None
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
    state: State = State.SHOWN
    #: The language of a passage as it was typed; empty for figures.
    language: str = ""
