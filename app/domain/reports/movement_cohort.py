"""Choose the clusters whose movement since the cycle before is shown, so that no small group can be worked out.

A cluster that submitted only once is missing from the movement and stands in the levels of that year: the difference
is that cluster. So movement is shown only where even the whole tables of levels before and now would tell of no small
group, beside everything else that is published of both years. Where one or two clusters joined or left, some others
are left out by lot, so that those who are not compared are too many to be told apart; docs/decisions/0019.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.disclosure.differencing import Set
from app.domain.disclosure.threshold import Groups
from app.domain.reports.published_cells import Sets, base_sets, counted_before, is_safe_for_all, remembered
from app.domain.reports.snapshot import ClusterSubmission, Snapshot

Pair = tuple[ClusterSubmission, ClusterSubmission]
"""A cluster before and now; it submitted both times."""

MOST_LEFT_OUT = 3
"""At most one in so many of those who submitted both times is left out by lot."""


@dataclass(frozen=True)
class MovementCohort:
    """Whose movement is shown."""

    #: Everyone who submitted both times.
    both: tuple[Pair, ...]
    #: Those who are compared; none where that would tell of few.
    compared: tuple[Pair, ...]
    #: The boards of now as the movement of their clusters is shown, alone or together.
    groups: Groups

    @property
    def left_out(self) -> int:
        """How many submitted both times and are not compared, by lot."""
        return len(self.both) - len(self.compared)


@lru_cache(maxsize=16)
def moving(snapshot: Snapshot) -> MovementCohort:
    """Whose movement the reports of this snapshot show: as many clusters as possible, then as many boards alone."""
    both = both_times(snapshot)
    by_lot = sorted(both, key=lambda pair: _lot(snapshot, pair))
    for left_out in range(len(both) // MOST_LEFT_OUT + 1 if both else 0):
        compared = _in_order(by_lot[left_out:])
        if groups := _groups(snapshot, compared):
            return MovementCohort(both, compared, groups)
    return MovementCohort(both, (), ())


def published_sets(snapshot: Snapshot) -> Sets:
    """Everything that reports made of this snapshot count, as sets."""
    found = moving(snapshot)
    return _with(base_sets(snapshot), _moved(snapshot, found.compared, found.groups))


def beside(snapshot: Snapshot, history: Iterable[Sets]) -> Snapshot:
    """The snapshot with what earlier publications counted.

    What it counts itself need not be remembered, so the same answers have the same hash after they were published.
    """
    sets = tuple(history)
    alone = published_sets(snapshot)
    remembering = replace(snapshot, disclosed=remembered(sets, besides=alone))
    if published_sets(remembering) == alone:
        return remembering
    return replace(snapshot, disclosed=remembered(sets, besides=base_sets(snapshot)))


def tells_of_few(snapshot: Snapshot, agreed: Collection[str]) -> bool:
    """Return whether publishing this would reveal answers of few clusters, except those that may be revealed."""
    return not is_safe_for_all(snapshot, _beside(snapshot, published_sets(snapshot)), agreed)


def both_times(snapshot: Snapshot) -> tuple[Pair, ...]:
    """The clusters that submitted in the cycle before and in this one, by cluster code."""
    if not snapshot.earlier:
        return ()
    before = {each.cluster: each for each in snapshot.earlier[0].returns if each.answers is not None}
    return _in_order(
        (before[now.cluster], now) for now in snapshot.returns if now.answers is not None and now.cluster in before
    )


def _lot(snapshot: Snapshot, pair: Pair) -> str:
    """A draw that nobody can steer by what they answer, and that comes out the same each time."""
    return hashlib.sha256(f"{snapshot.year} {pair[1].cluster}".encode()).hexdigest()


def _in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: pair[1].cluster))


def _groups(snapshot: Snapshot, compared: Sequence[Pair]) -> Groups:
    """The boards as the movement of these clusters can be shown; empty where it cannot."""
    sizes = {board.code: sum(now.board == board.code for _then, now in compared) for board in snapshot.boards}
    ascending = sorted((board for board in sizes if sizes[board]), key=lambda board: sizes[board])
    if not _is_safe(snapshot, compared, (tuple(ascending),)):
        return ()  # the movement of all together is the least that is told
    together = [board for board in ascending if not _is_safe(snapshot, compared, ((board,),))]
    for board in (*(each for each in ascending if each not in together), None):
        groups = _grouped(sizes, together)
        if _is_safe(snapshot, compared, groups):
            return groups
        together += [board] if board else []
    return ()


def _grouped(sizes: dict[str, int], together: Collection[str]) -> Groups:
    alone = tuple((board,) for board in sizes if sizes[board] and board not in together)
    put_together = tuple(board for board in sizes if board in together)
    return (*alone, put_together) if put_together else alone


def _is_safe(snapshot: Snapshot, compared: Sequence[Pair], groups: Groups) -> bool:
    if not compared:
        return False
    moved = _moved(snapshot, compared, groups)
    return is_safe_for_all(snapshot, _beside(snapshot, _with(base_sets(snapshot), moved)))


def _beside(snapshot: Snapshot, sets: Sets) -> Sets:
    """These sets with those that were published before."""
    return {year: sets[year] | counted_before(snapshot, year) for year in sets}


def _moved(snapshot: Snapshot, compared: Sequence[Pair], groups: Groups) -> Sets:
    """The sets that move: all that are compared, and each group; by the year of the answers that are counted."""
    if not compared:
        return {}
    of_groups = [[pair for pair in compared if pair[1].board in group] for group in (*groups, _all(snapshot))]
    return {
        snapshot.earlier[0].year: frozenset(Set(then.counted for then, _now in pairs) for pairs in of_groups),
        snapshot.year: frozenset(Set(now.counted for _then, now in pairs) for pairs in of_groups),
    }


def _all(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(board.code for board in snapshot.boards)


def _with(one: Sets, other: Sets) -> Sets:
    return {year: one.get(year, frozenset()) | other.get(year, frozenset()) for year in {*one, *other}}
