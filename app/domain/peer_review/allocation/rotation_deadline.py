"""A rotation period that can still end in time is not delayed by a round, where that is avoidable.

It comes before all other goals: a repeat can be avoided next year, a period that is late stays late.
"""

from dataclasses import dataclass

from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.rotation_status import RotationPeriodStatus, rotation_map


@dataclass(frozen=True)
class RotationDeadline:
    """The most rounds that may be left after this one, for pairs and for outcomes; None: no limit.

    There is no limit without a rotation, and where a period is late already.
    """

    pairs: int | None = None
    outcomes: int | None = None

    def broken(self, rounds_left: tuple[int, int] | None) -> int:
        """How many of the two a round with so many rounds left breaks."""
        if rounds_left is None:
            return 0
        promised = zip((self.pairs, self.outcomes), rounds_left, strict=True)
        return sum(most is not None and left > most for most, left in promised)


def promise(problem: AllocationProblem) -> RotationDeadline:
    """What is promised before the round of a problem."""
    found = rotation_map(problem)
    return RotationDeadline(_most(found.pairs), _most(found.outcomes)) if found else RotationDeadline()


def _most(lap: RotationPeriodStatus) -> int | None:
    return lap.needed - 1 if lap.is_on_course else None
