"""Find what sums and differences of published figures would reveal of a few clusters.

A published count is over a set of clusters. Readers can add and subtract the counts of several sets, and so learn
exactly the linear combinations of these sets. A few clusters are isolated when a combination contains only them, or
some of them minus the others: as between two versions in which one cluster changed its answers, where both the
level removed and the level added are its own.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

Set = frozenset[str]
"""Cluster codes, optionally with "@" and a version of the answers; versions of one cluster count as one cluster."""


def given_away(published: Collection[Set], minimum: int) -> Set | None:
    """Return fewer than `minimum` clusters that adding and subtracting published counts isolates; None if none."""
    atoms = _atoms(published)
    open_to = _null_space([[Fraction(atom <= each) for atom in atoms] for each in published], len(atoms))
    seen: dict[tuple[Fraction, ...], list[Set]] = {tuple(Fraction(0) for _each in open_to): [Set()]}
    for chosen in _small_unions([len(atom) for atom in atoms], minimum):
        # Two unions with equal projections on the null space differ by a combination of published sets.
        look = tuple(sum((vector[position] for position in chosen), Fraction(0)) for vector in open_to)
        union = Set().union(*(atoms[position] for position in chosen))
        for other in seen.setdefault(look, []):
            if len({member.partition("@")[0] for member in union ^ other}) < minimum:
                return union ^ other
        seen[look].append(union)
    return None


def is_safe(published: Collection[Set], minimum: int, insiders: Iterable[Set] = ()) -> bool:
    """Return whether no small set of clusters can be worked out, neither by the public nor by officers who know some.

    What officers learn of clusters that they already know does not count.
    """
    everyone = Set().union(*published)
    return all(
        given_away({each & others for each in published} - {Set()}, minimum) is None
        for others in (everyone, *(everyone - known for known in insiders))
    )


def _atoms(published: Collection[Set]) -> list[Set]:
    """Return the sets of clusters that no published set separates, the smallest first."""
    membership = {cluster: tuple(cluster in each for each in published) for cluster in sorted(Set().union(*published))}
    kinds = Counter(membership.values())
    return [
        Set(cluster for cluster in membership if membership[cluster] == kind)
        for kind in sorted(kinds, key=lambda kind: (kinds[kind], kind))
    ]


def _small_unions(sizes: Sequence[int], minimum: int) -> Iterator[tuple[int, ...]]:
    """Yield every choice of positions, sizes ascending, whose sizes together are below the minimum."""
    assert all(one <= next_one for one, next_one in pairwise(sizes))  # noqa: S101 - what the search rests on
    waiting: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while waiting:
        chosen, size = waiting.pop()
        for position in range(chosen[-1] + 1 if chosen else 0, len(sizes)):
            if size + sizes[position] >= minimum:
                break
            yield (*chosen, position)
            waiting.append(((*chosen, position), size + sizes[position]))


def _null_space(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of all that the rows leave open: a vector follows from the rows when each of these is blind to it."""
    pivots: list[int] = []
    for column in range(width):
        row = next((number for number in range(len(pivots), len(rows)) if rows[number][column]), None)
        if row is None:
            continue
        top = len(pivots)
        rows[top], rows[row] = rows[row], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for number, other in enumerate(rows):
            if number != top and other[column]:
                rows[number] = [value - other[column] * lead for value, lead in zip(other, rows[top], strict=True)]
        pivots.append(column)
    return [_open(rows, pivots, column, width) for column in range(width) if column not in pivots]


def _open(rows: list[list[Fraction]], pivots: list[int], column: int, width: int) -> list[Fraction]:
    vector = [Fraction(0)] * width
    vector[column] = Fraction(1)
    for number, pivot in enumerate(pivots):
        vector[pivot] = -rows[number][column]
    return vector
