"""Choose the clusters whose movement since the cycle before is shown, so that no small group can be worked out.

A cluster that submitted only once is missing from the movement but counted in the levels of that year, so the
difference isolates it. Therefore movement is shown only where the full tables of levels before and now, together with
everything else published of both years, would reveal no small group. Where one or two clusters joined or left, some
others are left out at random, so that those not compared are too many to be isolated; see docs/decisions/0019.
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
"""The submissions of one cluster in the cycle before and in this one."""

MOST_LEFT_OUT = 3
"""At most one in this many of the clusters that submitted in both cycles is left out at random."""


@dataclass(frozen=True)
class MovementCohort:
    """The clusters and boards whose movement is shown."""

    #: Everyone who submitted both times.
    both: tuple[Pair, ...]
    #: Those who are compared; empty where that would reveal few clusters.
    compared: tuple[Pair, ...]
    #: The present boards, alone or merged, as the movement of their clusters is shown.
    groups: Groups

    @property
    def left_out(self) -> int:
        """The number of clusters that submitted in both cycles but are left out at random."""
        return len(self.both) - len(self.compared)


@lru_cache(maxsize=16)
def moving(snapshot: Snapshot) -> MovementCohort:
    """Choose whose movement the reports show: as many clusters as possible, then as many boards alone as possible."""
    both = both_times(snapshot)
    by_lot = sorted(both, key=lambda pair: _lot(snapshot, pair))
    for left_out in range(len(both) // MOST_LEFT_OUT + 1 if both else 0):
        compared = _in_order(by_lot[left_out:])
        if groups := _groups(snapshot, compared):
            return MovementCohort(both, compared, groups)
    return MovementCohort(both, (), ())


def published_sets(snapshot: Snapshot) -> Sets:
    """Return every set of clusters that the reports of this snapshot count."""
    found = moving(snapshot)
    return _with(base_sets(snapshot), _moved(snapshot, found.compared, found.groups))


def beside(snapshot: Snapshot, history: Iterable[Sets]) -> Snapshot:
    """Return the snapshot with the sets that earlier publications counted.

    The sets that it counts itself are left out, so that the same answers keep the same hash after publication.
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
    """Return the clusters that submitted in the cycle before and in this one, by cluster code."""
    if not snapshot.earlier:
        return ()
    before = {each.cluster: each for each in snapshot.earlier[0].returns if each.answers is not None}
    return _in_order(
        (before[now.cluster], now) for now in snapshot.returns if now.answers is not None and now.cluster in before
    )


def _lot(snapshot: Snapshot, pair: Pair) -> str:
    """Return a sort key for leaving clusters out: a hash of year and code, which no answer can influence."""
    return hashlib.sha256(f"{snapshot.year} {pair[1].cluster}".encode()).hexdigest()


def _in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: pair[1].cluster))


def _groups(snapshot: Snapshot, compared: Sequence[Pair]) -> Groups:
    """Return the groups of boards whose movement can be shown; empty if none can."""
    sizes = {board.code: sum(now.board == board.code for _then, now in compared) for board in snapshot.boards}
    ascending = sorted((board for board in sizes if sizes[board]), key=lambda board: sizes[board])
    if not _is_safe(snapshot, compared, (tuple(ascending),)):
        return ()  # nothing is shown unless at least the movement of all together can be
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
    """Return these sets together with those of earlier publications."""
    return {year: sets[year] | counted_before(snapshot, year) for year in sets}


def _moved(snapshot: Snapshot, compared: Sequence[Pair], groups: Groups) -> Sets:
    """Return the sets counted by movement, of all compared clusters and of each group, by year of the answers."""
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
