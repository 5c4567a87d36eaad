"""A rotation period that can still end in time is not delayed by a round, where that is avoidable.

It takes priority over all other goals: a repeat can be compensated next year, a late period cannot.
"""

from dataclasses import dataclass

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.rotation_status import RotationPeriodStatus, rotation_map


@dataclass(frozen=True)
class RotationDeadline:
    """The most rounds that may be left after this one, for pairs and for outcomes; None: no limit.

    There is none without a rotation, or where the period is already late.
    """

    pairs: int | None = None
    outcomes: int | None = None

    def broken(self, rounds_left: tuple[int, int] | None) -> int:
        """Return how many of the two limits are exceeded with this many rounds left."""
        if rounds_left is None:
            return 0
        promised = zip((self.pairs, self.outcomes), rounds_left, strict=True)
        return sum(most is not None and left > most for most, left in promised)


def promise(problem: AllocationProblem) -> RotationDeadline:
    """Return the limits that the round of a problem must keep."""
    found = rotation_map(problem)
    return RotationDeadline(_most(found.pairs), _most(found.outcomes)) if found else RotationDeadline()


def _most(lap: RotationPeriodStatus) -> int | None:
    return lap.needed - 1 if lap.is_on_course else None
