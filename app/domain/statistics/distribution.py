"""Levels of maturity: an order, never a number to average."""

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
        """The distribution of stored level codes; blanks are not counted."""
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
        """How many gave this level."""
        return (self.foundation, self.developing, self.mature)[level - 1]

    def median(self) -> tuple[Level, Level] | None:
        """The lower and upper median, equal unless the middle falls between two levels; None if nobody gave one."""
        if not self.given:
            return None
        in_order = [level for level in Level for _ in range(self.count(level))]
        return in_order[(self.given - 1) // 2], in_order[self.given // 2]
