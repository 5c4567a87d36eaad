"""What a wish and a level of distance are worth in the benefit of a review."""

from dataclasses import dataclass
from typing import Annotated

from surveys.validation import Within


@dataclass(frozen=True)
class Weights:
    """What an outcome is worth to the reviewed cluster: wished for, and each level that the reviewer is above it."""

    wish: Annotated[int, Within(0, 1_000)] = 2
    step: Annotated[int, Within(0, 1_000)] = 1
