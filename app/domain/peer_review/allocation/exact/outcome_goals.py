"""The goals for outcomes that count before benefit: rotation deadline, repeats, rounds left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.domain.peer_review.allocation.exact.benefit_arrays import BenefitArrays
from app.domain.peer_review.allocation.exact.outcome_assignment import OutcomeAssignments
from app.domain.peer_review.allocation.exact.outcome_sets import Integers, OutcomeSetTable, as_bits
from app.domain.peer_review.allocation.exact.share_limits import ShareLimits
from app.domain.peer_review.allocation.load_limits import spans
from app.domain.peer_review.allocation.rotation import Rotation, RotationPeriod


@dataclass(frozen=True)
class OutcomeGoals:
    """The limits of the best deals, each review's shares within them, and the proven counts."""

    limits: ShareLimits
    rows: tuple[Integers, ...]
    #: Repeats: all, then of one year ago, of two ...
    repeats: tuple[int, ...]
    #: None where there is no rotation.
    rounds: int | None


def outcome_tiers(cells: BenefitArrays, rotation: Rotation | None, promised: int | None) -> OutcomeGoals | None:
    """Return the goals; None if no assignment keeps the hard rules. `promised`: see RotationDeadline.outcomes."""
    shares = OutcomeSetTable(spans(cells.problem), len(cells.problem.nominees))
    if not shares.is_possible or not cells.can_be_fixed:
        return None
    deals = OutcomeAssignments(shares, cells.fixed)
    kinds = kinds_of_repeat(cells)
    laps = rotation.laps if rotation else ()
    before = rotation.rounds_for_outcomes if rotation else 0
    if deals.can_end(laps, before - 1, without=kinds[0]):
        fewest, sooner = (0,) * len(kinds), True  # neither can be better
    else:
        if promised is not None and deals.can_end(laps, promised):
            deals.leave_no_more(laps, promised)
        least = fewest_outcome_repeats(deals, kinds)
        if least is None:
            return None
        fewest, sooner = least, deals.can_end(laps, before - 1)
    rounds = before - sooner if rotation else None
    choice = _Choice(shares, cells.fixed, kinds, fewest, laps, rounds or 0)
    return OutcomeGoals(choice.limits, choice.rows, fewest, rounds)


def fewest_outcome_repeats(deals: OutcomeAssignments, kinds: Sequence[Integers]) -> tuple[int, ...] | None:
    """Return the fewest repeats, in all and by age; None if there is no assignment."""
    least = deals.fewest(kinds[0])
    if not least:
        return None if least is None else (0,) * len(kinds)
    return (least, *(deals.fewest(kind) or 0 for kind in kinds[1:]))


def kinds_of_repeat(cells: BenefitArrays) -> tuple[Integers, ...]:
    """Return arrays of nominees by outcomes, 1 for a repeat: of any age, of one year ago, two ..., up to memory."""
    ages = cells.outcome_ages
    by_age = (ages == age for age in range(1, cells.problem.memory + 1))
    return tuple(kind.astype(np.int64) for kind in (ages > 0, *by_age))


@dataclass(frozen=True)
class _Choice:
    """What each review may choose from, once the counts are decided."""

    shares: OutcomeSetTable
    fixed: Integers
    kinds: Sequence[Integers]
    repeats: tuple[int, ...]
    laps: Sequence[RotationPeriod]
    rounds: int

    @cached_property
    def rows(self) -> tuple[Integers, ...]:
        """For each review the shares that it may take as far as it alone can tell."""
        return tuple(np.flatnonzero(self._may_take(review)) for review in range(len(self.fixed)))

    @property
    def limits(self) -> ShareLimits:
        """What is left to be watched of all reviews together."""
        repeated = [[as_bits(kind[review]) for kind in self.kinds] for review in range(len(self.fixed))]
        allowance = np.array(self.repeats if self.repeats[0] else (), dtype=np.int64)
        return ShareLimits(
            self.shares, repeated, allowance, [lap for lap in self.laps if self._matters(lap)], self.rounds
        )

    def _may_take(self, review: int) -> npt.NDArray[np.bool_]:
        masks = self.shares.masks
        fixed = np.uint64(as_bits(self.fixed[review]))
        kept = (masks & fixed) == fixed
        if not self.repeats[0]:
            kept &= (masks & np.uint64(as_bits(self.kinds[0][review]))) == 0
        for lap in self.laps:
            wanted = np.array([lap.left[review] >> at & 1 for at in range(self.fixed.shape[1])])
            kept &= self.shares.incidence @ wanted >= wanted.sum() - lap.span.many * self.rounds
        return np.asarray(kept)

    def _matters(self, lap: RotationPeriod) -> bool:
        """Whether some deal might leave the lap too long: none does if all who may look at an outcome want it to."""
        reach = [as_bits(self.shares.incidence[rows].any(axis=0)) for rows in self.rows]
        for at in lap.span.positions:
            if any(reached >> at & 1 > left >> at & 1 for reached, left in zip(reach, lap.left, strict=True)):
                return True
        served = (max(0, waiting - lap.span.least) for waiting in lap.boards_waiting)
        return not lap.may_end(served, self.rounds)
