"""The limits on assignments of outcomes apart from fairness: places, sizes, repeats, rotation periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np

from app.domain.peer_review.allocation.exact.candidate_sets import CandidateSets, FreePlaces
from app.domain.peer_review.allocation.exact.outcome_sets import Integers, OutcomeSetTable
from app.domain.peer_review.allocation.load_limits import LoadRange
from app.domain.peer_review.allocation.rotation import RotationPeriod


@dataclass(frozen=True)
class ShareLimits:
    """The limits of all assignments of a problem, whoever reviews whom."""

    shares: OutcomeSetTable
    #: For each review and kind of repeat the outcomes that would be such a repeat, as bits.
    repeated: Sequence[Sequence[int]]
    #: How many repeats of each kind all reviews may have together; empty if the menus have none.
    allowance: Integers
    #: The laps that may not need more than `rounds` after this round; without those that cannot.
    laps: Sequence[RotationPeriod] = ()
    rounds: int = 0

    @property
    def spans(self) -> Sequence[LoadRange]:
        """The sets of outcomes."""
        return self.shares.spans

    def narrowed(
        self, menus: Mapping[int, CandidateSets], least: int, taken: Mapping[int, int], places: FreePlaces
    ) -> dict[int, CandidateSets] | None:
        """Return the sets that are still possible with a benefit of at least `least`; None if no assignment remains."""
        needed, closed, spares = places.marks
        if min(spares) < 0:
            return None
        narrowed = {}
        for review, menu in menus.items():
            narrowed[review] = menu.open_to(closed, least)
            if not len(narrowed[review]):
                return None
        if len(menus) == 1:
            narrowed = {review: menu.with_all(needed) for review, menu in narrowed.items()}
        if len(self.shares.shapes) > 1:
            narrowed = self._of_a_fitting_size(narrowed, places)
        if self.allowance.size:
            narrowed = self._within_allowance(narrowed, taken)
        return narrowed if self._may_do(narrowed, needed, taken) else None

    def leave_the_laps(self, taken: Mapping[int, int]) -> bool:
        """Return whether the periods can still end in time if at least these outcomes are taken."""
        whole = [taken[review] for review in sorted(taken)]
        return all(lap.after(whole).fits(self.rounds) for lap in self.laps)

    def _may_do(self, menus: Mapping[int, CandidateSets], needed: int, taken: Mapping[int, int]) -> bool:
        if not all(len(menu) for menu in menus.values()):
            return False
        reach = {review: menu.reach for review, menu in menus.items()}
        if needed & ~reduce(or_, reach.values()):
            return False
        return not self.laps or self.leave_the_laps({**taken, **reach})

    def _of_a_fitting_size(self, menus: Mapping[int, CandidateSets], places: FreePlaces) -> dict[int, CandidateSets]:
        """Return the shares after which the others can have shares of the sizes there are."""
        others = len(menus) - 1
        sizes = [sum(shape) for shape in self.shares.shapes]
        fitting = [
            others * min(sizes) <= sum(places.left) - sum(shape) <= others * max(sizes)
            and all(
                others * span.few <= left - size <= others * span.many
                for span, left, size in zip(self.spans, places.left, shape, strict=True)
            )
            for shape in self.shares.shapes
        ]
        fits = np.array(fitting)[self.shares.shape]
        return {review: menu.among(fits[menu.rows]) for review, menu in menus.items()}

    def _within_allowance(
        self, menus: Mapping[int, CandidateSets], taken: Mapping[int, int]
    ) -> dict[int, CandidateSets]:
        """Return the shares that repeat no more than is left when every other review repeats as little as it can."""
        if not all(len(menu) for menu in menus.values()):
            return dict(menus)
        repeats = {review: self._repeats(review, menu) for review, menu in menus.items()}
        fewest = {review: counted.min(axis=0) for review, counted in repeats.items()}
        spent = [
            sum((share & self.repeated[review][kind]).bit_count() for review, share in taken.items())
            for kind in range(len(self.allowance))
        ]
        left = self.allowance - spent - sum(fewest.values())
        return {
            review: menu.among((repeats[review] - fewest[review] <= left).all(axis=1)) for review, menu in menus.items()
        }

    def _repeats(self, review: int, menu: CandidateSets) -> Integers:
        """Shares by kind: how many repeats each share has."""
        return self.shares.incidence[menu.rows] @ self.repeats_of(review)

    def repeats_of(self, review: int) -> Integers:
        """Return an array of outcomes by kind of repeat, 1 where the outcome would be such a repeat."""
        outcomes = range(self.shares.incidence.shape[1])
        return np.array([[mask >> outcome & 1 for mask in self.repeated[review]] for outcome in outcomes])
