"""What a wish and a level of distance are worth in the benefit of a review."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Weights:
    """What an outcome is worth to the reviewed cluster: wished for, and each level that the reviewer is above it."""

    wish: int = 2
    step: int = 1
