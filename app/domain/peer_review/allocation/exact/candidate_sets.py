"""The sets of outcomes that one review can take, and the places left once other reviews have theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.load_limits import LoadRange


@dataclass(frozen=True)
class CandidateSets:
    """Shares as bits, the most beneficial first. `rows`: which they are among all Shares.

    `surplus`: what a share is worth beyond the prices of its outcomes.
    """

    masks: npt.NDArray[np.uint64]
    benefits: Integers
    rows: Integers
    surplus: Integers

    def __len__(self) -> int:
        """Return the number of sets."""
        return len(self.masks)

    @property
    def reach(self) -> int:
        """The outcomes that are in any of the shares, as bits."""
        return int(np.bitwise_or.reduce(self.masks))

    def among(self, kept: npt.NDArray[np.bool_]) -> "CandidateSets":
        """Return the sets selected by a mask."""
        return CandidateSets(self.masks[kept], self.benefits[kept], self.rows[kept], self.surplus[kept])

    def open_to(self, closed: int, least: int) -> "CandidateSets":
        """Return the sets without closed outcomes whose benefit is at least `least`."""
        kept = (self.masks & np.uint64(closed)) == 0
        if len(self) and self.benefits[-1] < least:
            kept &= self.benefits >= least
        return self.among(kept)

    def with_all(self, wanted: int) -> "CandidateSets":
        """Return the sets that contain all of these outcomes."""
        return self.among((self.masks & np.uint64(wanted)) == np.uint64(wanted))

    def without(self, unwanted: int) -> "CandidateSets":
        """Return the sets that contain none of these outcomes."""
        return self.among((self.masks & np.uint64(unwanted)) == 0)


@dataclass(frozen=True)
class FreePlaces:
    """How often each outcome was taken, and how many places each set has left."""

    spans: Sequence[LoadRange]
    taken: Sequence[int]
    left: Sequence[int]

    @classmethod
    def all(cls, spans: Sequence[LoadRange]) -> "FreePlaces":
        """Return the places before any review has its outcomes."""
        return cls(spans, [0] * sum(span.size for span in spans), [span.places for span in spans])

    def without(self, share: int) -> "FreePlaces":
        """Return the places left after a review takes a set."""
        taken, rest = list(self.taken), share
        while rest:
            taken[rest.bit_length() - 1] += 1
            rest ^= 1 << (rest.bit_length() - 1)
        left = [left - (share & span.bits).bit_count() for span, left in zip(self.spans, self.left, strict=True)]
        return FreePlaces(self.spans, taken, left)

    @cached_property
    def marks(self) -> tuple[int, int, list[int]]:
        """The outcomes that have to be taken and those that cannot be, as bits; and each set's places to spare."""
        needed = closed = 0
        spares = []
        for span, spare in zip(self.spans, self.left, strict=True):
            enough = 0
            for at in span.positions:
                taken = self.taken[at]
                if taken < span.least:
                    needed |= 1 << at
                    spare += taken - span.least  # noqa: PLW2901 -- counted down
                elif taken == span.most:
                    closed |= 1 << at
                else:
                    enough |= 1 << at
            closed |= 0 if spare > 0 else enough
            spares.append(spare)
        return needed, closed, spares

    def worth(self, best: Sequence[int]) -> tuple[int, Integers]:
        """Return the most benefit of the places left if an outcome gives `best`, and how much less without each."""
        total, price = 0, []
        for span, spare in zip(self.spans, self.marks[2], strict=True):
            dearest = max(best[span.first : span.first + span.size])
            total += spare * dearest
            for at in span.positions:
                owed = span.least - self.taken[at]
                total += max(0, owed) * best[at]
                price.append(best[at] if owed > 0 else dearest)
        return total, np.array(price)
