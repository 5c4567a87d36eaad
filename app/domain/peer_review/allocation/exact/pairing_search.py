"""The pairing with the fairest assignment of outcomes; pairings whose bound cannot win are not searched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from app.domain.peer_review.allocation.exact.assignment_bound import best_total, prices_of
from app.domain.peer_review.allocation.exact.branch_and_bound import BranchAndBound, FairestAssignment
from app.domain.peer_review.allocation.exact.candidate_sets import CandidateSets
from app.domain.peer_review.allocation.exact.leximin import Benefits, best_conceivable
from app.domain.peer_review.allocation.exact.outcome_sets import Integers
from app.domain.peer_review.allocation.exact.share_limits import ShareLimits
from app.domain.peer_review.allocation.pairings import Pairing

#: More than any benefit, and yet exact as a floating point number when some of them are added up.
REPEAT, FORBIDDEN = 10**6, 10**9


@dataclass(frozen=True)
class BestPairing:
    """The best pairing by its position in the seeded order, its assignment, and the proven bound."""

    place: int
    deal: FairestAssignment
    bound: Benefits


class PairingSearch:
    """The pairings of a problem, to be searched with the same limits. `rows`: for each review its shares."""

    def __init__(self, pairings: Sequence[Pairing], benefit: Integers, limits: ShareLimits, rows: Sequence[Integers]):
        """Prepare the search without starting it."""
        self.pairings, self.benefit, self.limits, self.rows = pairings, benefit, limits, rows
        self._tops = self._best_shares()
        self._weights = self._weights_of_cells()

    def winner(self, is_admitted: Callable[[Pairing], bool]) -> BestPairing | None:
        """Return the fairest admitted pairing, the first of equals; None if none is admitted."""
        waiting = [(_negated(self._rough_bound(pairing)), place, False) for place, pairing in enumerate(self.pairings)]
        heapify(waiting)
        best: BestPairing | None = None
        while waiting:
            negated, place, is_refined = heappop(waiting)
            if best and (negated, place) > (_negated(best.deal.benefits), best.place):
                return BestPairing(best.place, best.deal, max(best.deal.benefits, _negated(negated)))
            if not is_refined:
                heappush(waiting, (_negated(self._bound(self.pairings[place])), place, True))
            elif is_admitted(self.pairings[place]):
                deal = self._searched(place, _negated(negated), best)
                best = BestPairing(place, deal, deal.benefits) if deal else best
        return best

    def sharing(self, pairing: Pairing) -> BranchAndBound:
        """Return the search within one pairing."""
        reviews = (pairing, range(len(pairing)))
        weights = self._weights[reviews]
        prices = np.concatenate([prices_of(weights, span) for span in self.limits.spans])
        menus = {reviewed: self._menu(reviewer, reviewed, prices) for reviewed, reviewer in enumerate(pairing)}
        return BranchAndBound(self.limits, self.benefit[reviews], prices, menus)

    def _searched(self, place: int, bound: Benefits, best: BestPairing | None) -> FairestAssignment | None:
        sharing = self.sharing(self.pairings[place])
        if best:
            return sharing.fairest(best.deal.benefits, beyond=place > best.place)
        return self._first(sharing, bound)

    def _first(self, sharing: BranchAndBound, bound: Benefits) -> FairestAssignment | None:
        """The fairest deal of the first pairing: with no deal to surpass yet, the goal is lowered step by step."""
        levels = {int(benefit) for menu in sharing.menus.values() for benefit in menu.benefits if benefit <= bound[0]}
        goals = ((level,) * len(bound) for level in sorted(levels, reverse=True))
        return next(filter(None, (sharing.fairest(goal, beyond=False) for goal in goals)), None)

    def _menu(self, reviewer: int, reviewed: int, prices: Integers) -> CandidateSets:
        """Return what a review may choose from, the most beneficial first."""
        incidence = self.limits.shares.incidence[self.rows[reviewed]]
        benefits = incidence @ self.benefit[reviewer, reviewed]
        order = np.argsort(-benefits, kind="stable")
        rows = self.rows[reviewed][order]
        surplus = benefits - incidence @ prices
        return CandidateSets(self.limits.shares.masks[rows], benefits[order], rows, surplus[order])

    def _best_shares(self) -> Integers:
        """Reviewers by reviewed: the benefit of the best share."""
        incidence = self.limits.shares.incidence
        tops = [(incidence[rows] @ self.benefit[:, at].T).max(axis=0) for at, rows in enumerate(self.rows)]
        return np.array(tops).T

    def _weights_of_cells(self) -> Integers:
        """Benefits, less what makes a repeat or an outcome that no share has too dear to be chosen."""
        weights = self.benefit.copy()
        for reviewed, rows in enumerate(self.rows):
            weights[:, reviewed, ~self.limits.shares.incidence[rows].any(axis=0)] -= FORBIDDEN
            if self.limits.allowance.size:
                weights[:, reviewed] -= REPEAT * self.limits.repeats_of(reviewed)[:, 0]
        return weights

    def _rough_bound(self, pairing: Pairing) -> Benefits:
        """Return each with its best share."""
        return tuple(sorted(self._tops[pairing, range(len(pairing))].tolist()))

    def _bound(self, pairing: Pairing) -> Benefits:
        """Return the fairest that the pairing may be: each with its best share, all with the best total of any deal."""
        weights = self._weights[pairing, range(len(pairing))]
        total = sum(best_total(weights, span) for span in self.limits.spans)
        if self.limits.allowance.size:
            total += REPEAT * int(self.limits.allowance[0])
        return best_conceivable((), self._tops[pairing, range(len(pairing))].tolist(), total)


def _negated(benefits: Benefits) -> Benefits:
    """In an order in which the fairest is the least, as heaps want it."""
    return tuple(-benefit for benefit in benefits)
