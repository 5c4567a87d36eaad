"""Every set of outcomes that a review can take, as bit masks, and the sizes that sets can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from app.domain.peer_review.allocation.load_limits import LoadRange

Integers = npt.NDArray[np.int64]


def as_bits(row: npt.ArrayLike) -> int:
    """Return the marked outcomes of a row as a bit mask."""
    return sum(1 << int(at) for at in np.flatnonzero(np.asarray(row)))


@dataclass(frozen=True)
class OutcomeSetTable:
    """Every share that keeps to the numbers of outcomes per review, the same for all reviews."""

    spans: tuple[LoadRange, ...]
    nominees: int

    @property
    def is_possible(self) -> bool:
        """Whether every outcome can be looked at, and no review has to take one twice."""
        return all(one.least >= 1 and one.many <= one.size for one in self.spans)

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """How many outcomes of each set a review may take, so that reviews differ by one in all at the most."""
        places = sum(one.places for one in self.spans)
        even = range(places // self.nominees, -(-places // self.nominees) + 1)
        sizes = product(*(range(one.few, one.many + 1) for one in self.spans))
        return tuple(shape for shape in sizes if sum(shape) in even)

    @cached_property
    def masks(self) -> npt.NDArray[np.uint64]:
        """The shares as bits, one for each outcome."""
        return np.fromiter((sum(1 << at for at in share) for share, _ in self._all), dtype=np.uint64)

    @cached_property
    def shape(self) -> Integers:
        """Which of `shapes` each share has."""
        return np.fromiter((shape for _, shape in self._all), dtype=np.int64)

    @cached_property
    def incidence(self) -> Integers:
        """Shares by outcomes: 1 where the share has the outcome."""
        outcomes = np.arange(sum(one.size for one in self.spans), dtype=np.uint64)
        return ((self.masks[:, None] >> outcomes) & np.uint64(1)).astype(np.int64)

    @cached_property
    def _all(self) -> list[tuple[tuple[int, ...], int]]:
        return [(share, number) for number, shape in enumerate(self.shapes) for share in self._of(shape)]

    def _of(self, shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        parts = (combinations(one.positions, size) for one, size in zip(self.spans, shape, strict=True))
        return (sum(chosen, ()) for chosen in product(*parts))
