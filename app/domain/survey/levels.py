"""The levels of the maturity matrix, as an ordinal scale."""

from enum import IntEnum


class Level(IntEnum):
    """The three levels; they can be compared, but the distance between two has no meaning."""

    FOUNDATION = 1
    DEVELOPING = 2
    MATURE = 3

    @property
    def code(self) -> str:
        """The stored value, such as "foundation"."""
        return self.name.lower()

    @classmethod
    def of(cls, code: str) -> "Level | None":
        """Return the level with this code; None for "unable", "" and anything else."""
        return cls.__members__.get(code.upper()) if code == code.lower() else None
