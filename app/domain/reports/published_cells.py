"""The sets of clusters that a publication counts, and whether they reveal few clusters given all published before.

Readers can compare two versions, or the reports of two cycles. So each publication stores the sets of clusters that
it counted, and the next one is checked together with them: see app.domain.disclosure.differencing.
"""

from collections.abc import Collection, Iterable, Mapping

from app.domain.disclosure.differencing import Set, is_safe
from app.domain.reports.board_groups import board_groups_of, snapshot_as_of
from app.domain.reports.snapshot import PublishedCells, Snapshot

Sets = Mapping[int, frozenset[Set]]
"""Year of the answers -> the sets of clusters over which they are counted."""


def base_sets(snapshot: Snapshot) -> Sets:
    """Return the sets whose levels are counted in each cycle: Wales, and the boards as they are shown."""
    cycles = (snapshot, *(snapshot_as_of(each, snapshot) for each in snapshot.earlier))
    return {each.year: _levels(each) for each in cycles}


def counted_before(snapshot: Snapshot, year: int) -> frozenset[Set]:
    """Return the sets that earlier publications counted in a year."""
    return frozenset(Set(members) for each in snapshot.disclosed if each.year == year for members in each.sets)


def remembered(sets: Iterable[Sets], besides: Sets) -> tuple[PublishedCells, ...]:
    """Return the sets that earlier publications counted and a new one does not, in a stable order."""
    by_year: dict[int, set[Set]] = {}
    for each in sets:
        for year, found in each.items():
            by_year.setdefault(year, set()).update(found - besides.get(year, frozenset()))
    return tuple(
        PublishedCells(year, tuple(sorted(tuple(sorted(each)) for each in found)))
        for year, found in sorted(by_year.items())
        if found
    )


def is_safe_for_all(snapshot: Snapshot, sets: Sets, agreed: Collection[str] = ()) -> bool:
    """Return whether the sets of each year reveal no few clusters, to the public and to the officers of each board.

    Officers know every answer of the clusters of their board. `agreed`: `ClusterSubmission.counted` of the answers of
    this cycle that may be revealed; an earlier cycle has its own.
    """
    cycles = {snapshot.year: (snapshot, agreed)}
    cycles |= {each.year: (snapshot_as_of(each, snapshot), each.agreed) for each in snapshot.earlier}
    return all(_is_safe_in(sets[year], *cycles[year]) for year in sets)


def _is_safe_in(sets: Iterable[Set], cycle: Snapshot, agreed: Collection[str]) -> bool:
    secret = {found.difference(agreed) for found in sets} - {Set()}
    everyone = Set().union(*secret)
    of_board = {each.cluster: each.board for each in cycle.returns}
    insiders = [
        Set(each for each in everyone if of_board.get(cluster_of(each)) == board.code) for board in cycle.boards
    ]
    return is_safe(secret, cycle.minimum_group, insiders)


def cluster_of(counted: str) -> str:
    """Return the code of the cluster, see `ClusterSubmission.counted`."""
    return counted.rpartition("@")[0]


def _levels(snapshot: Snapshot) -> frozenset[Set]:
    submitted = [each for each in snapshot.returns if each.answers is not None]
    boards = {Set(each.counted for each in submitted if each.board in group) for group in board_groups_of(snapshot)}
    return frozenset(boards | ({Set().union(*boards)} if boards else set()))
