"""Lots: which of several equally good deals it is to be, the same one whoever draws with the same seed."""

from app.domain.peer_review.allocation.exact.branch_and_bound import BranchAndBound, FairestAssignment
from app.domain.peer_review.allocation.pairings import seeded_order


def drawn(sharing: BranchAndBound, deal: FairestAssignment, seed: int) -> FairestAssignment:
    """Of all deals as fair as this one, that which has the first outcomes in the order of the lots.

    Lots are drawn by position of nominee and outcome, so that new codes for the same clusters change nothing.
    An outcome is given to a review if some deal has it together with all that was given before; the deal at
    hand shows as much for most of them. What cannot be given now cannot be later.
    """
    menus = {review: menu.open_to(0, deal.benefits[0]) for review, menu in sharing.menus.items()}
    cells = [(review, outcome) for review in menus for outcome in range(sharing.benefit.shape[1])]
    for review, outcome in sorted(cells, key=lambda cell: seeded_order(seed, "outcome", *cell)):
        with_it = menus | {review: menus[review].with_all(1 << outcome)}
        if not deal.shares[review] >> outcome & 1:
            found = sharing.narrowed_to(with_it).any_that_reaches(deal.benefits)
            if found is None:
                menus[review] = menus[review].without(1 << outcome)
                continue
            deal = found
        menus = with_it
    return deal
