"""The rings of a pairing, and how to merge them where that costs nothing."""

import numpy as np

from app.domain.peer_review.allocation.lagrangian.arrays import Bools, Ints, Reals


def rings_of(pairing: Ints) -> list[list[int]]:
    """Return the rings, each beginning with its first member, in the order of these."""
    left, rings = set(range(len(pairing))), []
    for first in range(len(pairing)):
        if first in left:
            ring = [first]
            while (following := int(pairing[ring[-1]])) != first:
                ring.append(following)
            left -= set(ring)
            rings.append(ring)
    return rings


def merged(pairing: Ints, allowed: Bools, worth: Reals) -> Ints:
    """Merge rings: two reviewers of different rings swap whom they review, if no benefit is lost."""
    pairing = pairing.copy()
    while swap := _free_swap(pairing, allowed, worth):
        one, other = swap
        pairing[one], pairing[other] = pairing[other], pairing[one]
    return pairing


def _free_swap(pairing: Ints, allowed: Bools, worth: Reals) -> tuple[int, int] | None:
    rings = sorted(rings_of(pairing), key=len)
    ring_of = np.empty(len(pairing), np.int64)
    for number, ring in enumerate(rings):
        ring_of[ring] = number
    everybody = np.arange(len(pairing))
    now = worth[everybody, pairing]
    for one in (member for ring in rings[:-1] for member in ring):
        reviewed = pairing[one]
        swaps = allowed[one, pairing] & allowed[:, reviewed] & (ring_of != ring_of[one])
        swaps &= worth[one, pairing] + worth[:, reviewed] == now[one] + now
        swaps &= (pairing[pairing] != one) & (everybody != pairing[reviewed])
        if swaps.any():
            return one, int(swaps.argmax())
    return None
