"""How clusters moved on one outcome between two cycles: counts of steps from level to level, never a mean."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from surveys.schema import LEVELS, UNABLE

from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

CODES = (*LEVELS, UNABLE)
"""The possible answers: the levels in order, and "not able to say"."""


class Step(StrEnum):
    """How the level of one cluster changed."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    #: Not able to say, before or now: there are no two levels to compare.
    NOT_COMPARABLE = "not_comparable"


def step(before: str, now: str) -> Step:
    """Return how a level changed, given the codes before and now."""
    earlier, later = Level.of(before), Level.of(now)
    if earlier is None or later is None:
        return Step.NOT_COMPARABLE
    return Step.SAME if earlier == later else Step.UP if later > earlier else Step.DOWN


@dataclass(frozen=True)
class Movement:
    """The clusters that answered an outcome in both cycles, by what they answered before and now."""

    #: (code before, code now) -> how many clusters; every pair of CODES is there.
    table: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Movement":
        """Count (code before, code now), one pair for each cluster; pairs with a blank are left out."""
        counted = Counter(pairs)
        return cls({pair: counted[pair] for pair in product(CODES, CODES)})

    @property
    def both(self) -> int:
        """How many answered both times: the wider denominator."""
        return sum(self.table.values())

    @property
    def compared(self) -> int:
        """How many gave a level both times: the denominator of up, same and down."""
        return self.both - self.not_comparable

    @property
    def up(self) -> int:
        """How many are at a higher level than before."""
        return self.count(Step.UP)

    @property
    def same(self) -> int:
        """How many are at the same level as before."""
        return self.count(Step.SAME)

    @property
    def down(self) -> int:
        """How many are at a lower level than before."""
        return self.count(Step.DOWN)

    @property
    def not_comparable(self) -> int:
        """How many were not able to say, before or now."""
        return self.count(Step.NOT_COMPARABLE)

    def count(self, kind: Step) -> int:
        """Return how many took this step."""
        return sum(number for pair, number in self.table.items() if step(*pair) is kind)

    @property
    def before(self) -> Distribution:
        """The distribution of levels before (row totals of the table)."""
        return Distribution(*(sum(self.table[code, now] for now in CODES) for code in CODES))

    @property
    def now(self) -> Distribution:
        """The distribution of levels now (column totals of the table)."""
        return Distribution(*(sum(self.table[before, code] for before in CODES) for code in CODES))
