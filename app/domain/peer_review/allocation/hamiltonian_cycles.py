"""How many Hamiltonian cycles (single rings over all boards) cover a set of pairs. Sets of pairs are bit masks."""

from collections.abc import Iterable
from functools import cache
from itertools import permutations

import numpy as np
import numpy.typing as npt

Arc = tuple[int, int]
"""Who reviews whom, as positions of boards."""

Bits = npt.NDArray[np.uint64]


def bits(arcs: Iterable[Arc], boards: int) -> int:
    """Return a set of pairs as a bit mask."""
    return sum(1 << (reviewer * boards + reviewed) for reviewer, reviewed in set(arcs))


@cache
def single_rings(boards: int) -> Bits:
    """Return every ring over all boards as a bit mask of its pairs."""
    rings = ((0, *rest) for rest in permutations(range(1, boards)))
    return np.array(
        [bits(zip(ring, (*ring[1:], 0), strict=True), boards) for ring in rings],
        dtype=np.uint64,
    )


@cache
def lines(boards: int) -> tuple[int, ...]:
    """Return bit masks of the pairs in which each board reviews, then of those in which each is reviewed."""
    every = list(permutations(range(boards), 2))
    return tuple(
        bits((arc for arc in every if arc[side] == board), boards) for side in (0, 1) for board in range(boards)
    )


def busiest(arcs: int, boards: int) -> int:
    """Return the most pairs of one board on one side: a lower bound, since a ring covers only one of them."""
    return max((arcs & line).bit_count() for line in lines(boards))


@cache
def can_go_through(arcs: int, rounds: int, boards: int) -> bool:
    """Return whether this many rings can cover all of these pairs; they may cover other pairs too."""
    if not arcs:
        return True
    if busiest(arcs, boards) > rounds:
        return False
    return any(can_go_through(arcs & ~ring, rounds - 1, boards) for ring in _worth_a_try(arcs, rounds, boards))


def _worth_a_try(arcs: int, rounds: int, boards: int) -> list[int]:
    """Return candidate rings, as the pairs of `arcs` that they cover; one of them must be used. Most pairs first.

    A board with as many pairs left as there are rounds needs one in each round. Since some ring must cover each pair,
    only the rings through the pair with the fewest rings are tried.
    """
    through = single_rings(boards) & np.uint64(arcs)
    full = [line for line in lines(boards) if (arcs & line).bit_count() == rounds]
    for line in full:
        through = through[(through & np.uint64(line)) != 0]
    scarce = arcs & _union(full) if full else arcs
    at = np.array([place for place in range(boards * boards) if scarce >> place & 1], dtype=np.uint64)
    rarest = at[((through[:, None] >> at) & np.uint64(1)).sum(axis=0).argmin()]
    chosen = {int(ring) for ring in through[(through >> rarest) & np.uint64(1) == 1]}
    return sorted(chosen, key=lambda ring: (-ring.bit_count(), ring))


def _union(sets: Iterable[int]) -> int:
    together = 0
    for each in sets:
        together |= each
    return together


def rounds_through(arcs: int, boards: int) -> int:
    """Return the least number of single rings that cover all of these pairs."""
    rounds = busiest(arcs, boards)
    while not can_go_through(arcs, rounds, boards):
        rounds += 1
    return rounds
