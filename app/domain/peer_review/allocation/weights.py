"""The weights of a wish and of a level of difference in the benefit of a review."""

from dataclasses import dataclass
from typing import Annotated

from surveys.validation import Within


@dataclass(frozen=True)
class Weights:
    """The benefit of one outcome: `wish` if it was wished for, `step` for each level that the reviewer is above."""

    wish: Annotated[int, Within(0, 1_000)] = 2
    step: Annotated[int, Within(0, 1_000)] = 1
