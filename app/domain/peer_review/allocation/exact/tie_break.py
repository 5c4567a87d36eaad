"""Choose among equally good assignments by the seed, reproducibly."""

from app.domain.peer_review.allocation.exact.branch_and_bound import BranchAndBound, FairestAssignment
from app.domain.peer_review.allocation.pairings import seeded_order


def drawn(sharing: BranchAndBound, deal: FairestAssignment, seed: int) -> FairestAssignment:
    """Return, of all assignments as fair as this one, the first in the order given by the seed.

    The order uses positions of nominees and outcomes, so that renaming clusters changes nothing. Outcome by outcome, it
    is given to a review if some assignment has it together with all given before. An outcome that cannot be given at
    its turn cannot be given later.
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
