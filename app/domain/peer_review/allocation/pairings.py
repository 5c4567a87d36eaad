"""Every pairing that the hard rules allow with the fewest rings, for up to eight nominees."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import permutations

from app.domain.peer_review.allocation.problem import AllocationProblem

Pairing = tuple[int, ...]
"""For each nominee the position of its reviewer."""


def pairings(problem: AllocationProblem) -> list[Pairing]:
    """Return all single rings if there are any, else the pairings with fewest rings, in an order set by the seed."""
    allowed = may_review(problem)
    found = list(_single_rings(allowed)) or _fewest_rings(allowed)
    return sorted(found, key=lambda pairing: seeded_order(problem.seed, "pairing", *pairing))


def may_review(problem: AllocationProblem) -> list[frozenset[int]]:
    """Return the possible reviewers of each nominee: of another board, without conflict, as fixed by staff if fixed."""
    apart = {frozenset(pair) for pair in problem.conflicts}
    return [
        frozenset(
            at
            for at, reviewer in enumerate(problem.nominees)
            if reviewer.board != reviewed.board
            and frozenset((reviewer.code, reviewed.code)) not in apart
            and all(one.reviewer in (None, reviewer.code) for one in problem.fixed if one.reviewed == reviewed.code)
        )
        for reviewed in problem.nominees
    ]


def rings_of_pairing(pairing: Pairing) -> tuple[tuple[int, ...], ...]:
    """Return the rings of a pairing; each begins with its lowest position, and each member reviews the next."""
    reviews = {reviewer: reviewed for reviewed, reviewer in enumerate(pairing)}
    rings, waiting = [], dict.fromkeys(range(len(pairing)))
    while waiting:
        ring = [next(iter(waiting))]
        while (after := reviews[ring[-1]]) != ring[0]:
            ring.append(after)
        for one in ring:
            del waiting[one]
        rings.append(tuple(ring))
    return tuple(rings)


def seeded_order(seed: int, *what: object) -> bytes:
    """Return a pseudo-random sort key, which depends only on the seed and the value, in every version of Python."""
    return sha256(repr((seed, *what)).encode()).digest()


def _single_rings(allowed: Sequence[frozenset[int]]) -> Iterator[Pairing]:
    for rest in permutations(range(1, len(allowed))):
        ring = (0, *rest)
        if all(reviewer in allowed[reviewed] for reviewer, reviewed in zip(ring, (*rest, 0), strict=True)):
            before = dict(zip((*rest, 0), ring, strict=True))
            yield tuple(before[at] for at in range(len(ring)))


def _fewest_rings(allowed: Sequence[frozenset[int]]) -> list[Pairing]:
    found = [pairing for pairing in _every_pairing(allowed, ()) if pairing]
    fewest = min((len(rings_of_pairing(pairing)) for pairing in found), default=0)
    return [pairing for pairing in found if len(rings_of_pairing(pairing)) == fewest]


def _every_pairing(allowed: Sequence[frozenset[int]], begun: Pairing) -> Iterator[Pairing]:
    """Yield every pairing in which no two review each other, extending `begun` nominee by nominee."""
    reviewed = len(begun)
    if reviewed == len(allowed):
        yield begun
        return
    for reviewer in sorted(allowed[reviewed] - set(begun)):
        if not (reviewer < reviewed and begun[reviewer] == reviewed):
            yield from _every_pairing(allowed, (*begun, reviewer))
