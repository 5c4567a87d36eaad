"""The shares that one review may choose from, and what is open when some reviews have theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.domain.allocation.shares import Integers
from app.domain.allocation.spans import Span


@dataclass(frozen=True)
class Menu:
    """Shares as bits, the most beneficial first. `rows`: which they are among all Shares."""

    masks: npt.NDArray[np.uint64]
    benefits: Integers
    rows: Integers

    def __len__(self) -> int:
        """How many shares there are."""
        return len(self.masks)

    @property
    def reach(self) -> int:
        """The outcomes that are in any of the shares, as bits."""
        return int(np.bitwise_or.reduce(self.masks))

    def among(self, kept: npt.NDArray[np.bool_]) -> "Menu":
        """The shares that are kept."""
        return Menu(self.masks[kept], self.benefits[kept], self.rows[kept])

    def open_to(self, closed: int, least: int) -> "Menu":
        """The shares without closed outcomes that are worth at least so much."""
        worth = int(np.searchsorted(-self.benefits, -least, side="right"))
        kept = (self.masks[:worth] & np.uint64(closed)) == 0
        return Menu(self.masks[:worth][kept], self.benefits[:worth][kept], self.rows[:worth][kept])

    def with_all(self, wanted: int) -> "Menu":
        """The shares that have all of these outcomes."""
        return self.among((self.masks & np.uint64(wanted)) == np.uint64(wanted)) if wanted else self


@dataclass(frozen=True)
class Places:
    """How often each outcome was taken, and how many places each set has left."""

    spans: Sequence[Span]
    taken: Sequence[int]
    left: Sequence[int]

    @classmethod
    def all(cls, spans: Sequence[Span]) -> "Places":
        """Before any review has its share."""
        return cls(spans, [0] * sum(span.size for span in spans), [span.places for span in spans])

    def without(self, share: int) -> "Places":
        """After a review took a share."""
        taken, left = list(self.taken), list(self.left)
        for number, span in enumerate(self.spans):
            for outcome in span.positions:
                if share >> outcome & 1:
                    taken[outcome] += 1
                    left[number] -= 1
        return Places(self.spans, taken, left)

    def spare(self, number: int) -> int:
        """How many places of a set are not needed for outcomes that were not taken often enough."""
        span = self.spans[number]
        return self.left[number] - sum(max(0, span.least - self.taken[outcome]) for outcome in span.positions)

    def needed_and_closed(self) -> tuple[int, int] | None:
        """The outcomes that have to be taken and those that cannot be, as bits; None if places are short."""
        needed = closed = 0
        for number, span in enumerate(self.spans):
            spare = self.spare(number)
            if spare < 0:
                return None
            for outcome in span.positions:
                if self.taken[outcome] < span.least:
                    needed |= 1 << outcome
                elif not spare or self.taken[outcome] == span.most:
                    closed |= 1 << outcome
        return needed, closed

    def worth(self, best: Sequence[int]) -> tuple[int, Integers]:
        """What the places left give at the most when an outcome gives `best`; and how much less without each."""
        total, price = 0, np.zeros(len(best), np.int64)
        for number, span in enumerate(self.spans):
            spare = max(best[outcome] for outcome in span.positions)
            total += self.spare(number) * spare
            for outcome in span.positions:
                owed = max(0, span.least - self.taken[outcome])
                total += owed * best[outcome]
                price[outcome] = best[outcome] if owed else spare
        return total, price
