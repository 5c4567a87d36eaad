"""Counts on the ordinal scale of levels; their median, but never a mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.schema import UNABLE

from app.domain.survey.levels import Level


@dataclass(frozen=True)
class Distribution:
    """How many clusters gave each level; `unable` said "not able to say", which is no level."""

    foundation: int = 0
    developing: int = 0
    mature: int = 0
    unable: int = 0

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Distribution":
        """Return the distribution of stored level codes; blanks are not counted."""
        given = list(codes)
        return cls(*(given.count(code) for code in (*(level.code for level in Level), UNABLE)))

    @property
    def given(self) -> int:
        """How many gave a level: the denominator of every share."""
        return self.foundation + self.developing + self.mature

    @property
    def counts(self) -> Mapping[str, int]:
        """How many gave each level, by its code and in order."""
        return {level.code: self.count(level) for level in Level}

    def count(self, level: Level) -> int:
        """Return how many gave this level."""
        return (self.foundation, self.developing, self.mature)[level - 1]

    def median(self) -> tuple[Level, Level] | None:
        """Return the lower and upper median, which differ if the middle is between two levels; None without levels."""
        if not self.given:
            return None
        in_order = [level for level in Level for _ in range(self.count(level))]
        return in_order[(self.given - 1) // 2], in_order[self.given // 2]
