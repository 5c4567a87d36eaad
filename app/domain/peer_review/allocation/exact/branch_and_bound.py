"""Assign outcomes to the reviews of one pairing as fairly as possible (leximin), by branch and bound.

Branches review by review, starting with the one that has the fewest candidate sets. A branch is cut if its reviews
cannot reach the goal: by the best set each can still have, by the total benefit of the places left, or by outcomes
that must still be taken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.domain.peer_review.allocation.exact.candidate_sets import CandidateSets, FreePlaces
from app.domain.peer_review.allocation.exact.leximin import Benefits, best_conceivable, joined, least_acceptable
from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.exact.share_limits import ShareLimits

Menus = Mapping[int, CandidateSets]
"""For each review without a share, by the position of the reviewed nominee, what it may choose from."""


@dataclass(frozen=True)
class FairestAssignment:
    """For each nominee the outcomes it is reviewed on, as bits; and the benefits in rising order."""

    shares: tuple[int, ...]
    benefits: Benefits


class BranchAndBound:
    """The search for one pairing. `benefit`: reviews by outcomes; `prices`: of the outcomes, as of the menus."""

    def __init__(self, limits: ShareLimits, benefit: Integers, prices: Integers, menus: Menus) -> None:
        """Prepare the search without starting it."""
        self.limits, self.benefit, self.prices, self.menus = limits, benefit, prices, menus

    def narrowed_to(self, menus: Menus) -> "BranchAndBound":
        """Return the same search with fewer candidate sets."""
        return BranchAndBound(self.limits, self.benefit, self.prices, menus)

    def fairest(self, goal: Benefits, *, beyond: bool) -> FairestAssignment | None:
        """Return the fairest assignment that reaches the goal (`beyond`: exceeds it); None if there is none."""
        best = None
        for deal in self._search(_Goal(goal, beyond), {}, [], FreePlaces.all(self.limits.spans), self.menus):
            best = deal
        return best

    def any_that_reaches(self, goal: Benefits) -> FairestAssignment | None:
        """Return any assignment that reaches the goal; None if there is none."""
        return next(
            self._search(_Goal(goal, beyond=False), {}, [], FreePlaces.all(self.limits.spans), self.menus), None
        )

    def _search(
        self, goal: "_Goal", taken: dict[int, int], settled: list[int], places: FreePlaces, menus: Menus
    ) -> Iterator[FairestAssignment]:
        least = least_acceptable(settled, goal.benefits)
        open_menus = None if least is None else self.limits.narrowed(menus, least, taken, places)
        if open_menus is None:
            return
        review = min(open_menus, key=lambda one: len(open_menus[one]))
        menu = open_menus.pop(review)
        for share, benefit in self._promising(goal, settled, places, menu, open_menus):
            now, benefits = taken | {review: share}, joined(settled, benefit)
            if open_menus:
                yield from self._search(goal, now, benefits, places.without(share), open_menus)
            elif self.limits.leave_the_laps(now) and goal.is_reached_by(tuple(benefits)):
                goal.raise_to(tuple(benefits))
                yield FairestAssignment(tuple(now[one] for one in sorted(now)), tuple(benefits))

    def _promising(
        self, goal: "_Goal", settled: list[int], places: FreePlaces, menu: CandidateSets, others: Menus
    ) -> Iterator[tuple[int, int]]:
        """Yield the shares after which the others may still reach the goal, judged by what they can have together."""
        if not others:
            yield from zip(menu.masks.tolist(), menu.benefits.tolist(), strict=True)
            return
        rest = self._rest(places, menu, others)
        tops = [int(other.benefits[0]) for other in others.values()]
        hopeful: dict[tuple[int, int], bool] = {}
        for share, benefit, left in zip(menu.masks.tolist(), menu.benefits.tolist(), rest.tolist(), strict=True):
            if (benefit, left) not in hopeful:
                best = best_conceivable([*settled, benefit], tops, left)
                hopeful[benefit, left] = goal.is_reached_by(best)
            if hopeful[benefit, left]:
                yield share, benefit

    def _rest(self, places: FreePlaces, menu: CandidateSets, others: Menus) -> Integers:
        """For each share, what the others can have together after it at the most: the lower of two bounds.

        One gives each place the best of its outcome. The other sells the outcomes: each review has no more than
        the best surplus of its shares, and all pay no more than the prices of the places left.
        """
        most, worth = places.worth(self.benefit[list(others)].max(axis=0).tolist())
        paid, price = places.worth(self.prices.tolist())
        sold = paid + sum(int(other.surplus.max()) for other in others.values())
        without = self.limits.shares.incidence[menu.rows] @ np.stack((worth, price), axis=1)
        return np.minimum(most - without[:, 0], sold - without[:, 1])


@dataclass
class _Goal:
    """What is to be reached, or gone beyond; it rises with each deal that is found."""

    benefits: Benefits
    beyond: bool

    def is_reached_by(self, benefits: Benefits) -> bool:
        """Return whether these are good enough."""
        return benefits > self.benefits or (benefits == self.benefits and not self.beyond)

    def raise_to(self, benefits: Benefits) -> None:
        """From now on only fairer ones are good enough."""
        self.benefits, self.beyond = benefits, True
