"""Of whom a publication counts answers, and whether that tells of few beside all that was published before.

Somebody may lay two versions side by side, or the reports of two cycles. So each publication remembers the sets
of clusters that it counted, and the next one is searched together with them: see app.domain.disclosure.
"""

from collections.abc import Collection, Iterable, Mapping

from app.domain.disclosure import Set, is_safe
from app.domain.small_groups import Groups, grouped
from app.domain.snapshot import Disclosed, Return, Snapshot

Sets = Mapping[int, frozenset[Set]]
"""The year of the answers that are counted -> the sets of clusters that they are counted over."""


def may_show_transitions(snapshot: Snapshot) -> bool:
    """Whether the table of who moved from which level to which tells nothing of few.

    Its margins are levels of those who answered both times. Where only one or two clusters answered once, the
    levels of all less these margins would be theirs.
    """
    both = both_times(snapshot)
    if not both or not grouped(_sizes(now for _before, now in both), snapshot.minimum_group):
        return False
    sets = _with(base_sets(snapshot), _sets_of_pairs(snapshot, both))
    return _is_safe(snapshot, sets, agreed=())


def published_sets(snapshot: Snapshot) -> Sets:
    """Everything that reports made of this snapshot count, as sets."""
    both = both_times(snapshot) if may_show_transitions(snapshot) else []
    return _with(base_sets(snapshot), _sets_of_pairs(snapshot, both))


def tells_of_few(snapshot: Snapshot, agreed: Collection[str]) -> bool:
    """Whether publishing this would tell of few clusters, other than those (codes) that agreed to it."""
    return not _is_safe(snapshot, published_sets(snapshot), agreed)


def both_times(snapshot: Snapshot) -> list[tuple[Return, Return]]:
    """The clusters that submitted in the cycle before and in this one: then and now, by cluster code."""
    if not snapshot.earlier:
        return []
    before = {each.cluster: each for each in snapshot.earlier[0].returns if each.answers is not None}
    return [(before[now.cluster], now) for now in _submitted(snapshot.returns) if now.cluster in before]


def base_sets(snapshot: Snapshot) -> Sets:
    """What is counted in any case: all of Wales in each cycle, and the boards of this one as they are shown."""
    found = {each.year: _wales(snapshot, each.returns) for each in snapshot.earlier}
    submitted = _submitted(snapshot.returns)
    boards = {Set(each.counted for each in submitted if each.board in group) for group in _groups(snapshot)}
    found[snapshot.year] = frozenset(boards | ({Set().union(*boards)} if boards else set()))
    return found


def together(snapshot: Snapshot) -> tuple[str, ...]:
    """The codes of the boards that are shown as one, those of earlier versions with them."""
    return tuple(sorted({code for group in _groups(snapshot) if len(group) > 1 for code in group}))


def remembered(sets: Iterable[Sets], besides: Sets) -> tuple[Disclosed, ...]:
    """What earlier publications counted and a new one does not, as a snapshot keeps it, in a stable order."""
    by_year: dict[int, set[Set]] = {}
    for each in sets:
        for year, found in each.items():
            by_year.setdefault(year, set()).update(found - besides.get(year, frozenset()))
    return tuple(
        Disclosed(year, tuple(sorted(tuple(sorted(each)) for each in found)))
        for year, found in sorted(by_year.items())
        if found
    )


def _groups(snapshot: Snapshot) -> Groups:
    return grouped(_sizes(_submitted(snapshot.returns)), snapshot.minimum_group, snapshot.together)


def _wales(snapshot: Snapshot, returns: Iterable[Return]) -> frozenset[Set]:
    submitted = _submitted(returns)
    is_shown = grouped(_sizes(submitted), snapshot.minimum_group)
    return frozenset({Set(each.counted for each in submitted)} if is_shown else set())


def _sets_of_pairs(snapshot: Snapshot, both: Collection[tuple[Return, Return]]) -> Sets:
    if not both:
        return {}
    return {
        snapshot.earlier[0].year: frozenset({Set(before.counted for before, _now in both)}),
        snapshot.year: frozenset({Set(now.counted for _before, now in both)}),
    }


def _is_safe(snapshot: Snapshot, sets: Sets, agreed: Collection[str]) -> bool:
    before = {each.year: {Set(members) for members in each.sets} for each in snapshot.disclosed}
    returns = {snapshot.year: snapshot.returns} | {each.year: each.returns for each in snapshot.earlier}
    return all(_is_safe_in(sets[year] | before.get(year, set()), returns[year], snapshot, agreed) for year in sets)


def _is_safe_in(
    sets: Collection[Set], returns: Collection[Return], snapshot: Snapshot, agreed: Collection[str]
) -> bool:
    """Whether these sets are safe, also from the officers of each board, who know every answer of its clusters."""
    secret = {Set(each for each in found if _cluster(each) not in agreed) for found in sets} - {Set()}
    everyone = Set().union(*secret)
    of_board = {each.cluster: each.board for each in returns}
    insiders = [
        Set(each for each in everyone if of_board.get(_cluster(each)) == board.code) for board in snapshot.boards
    ]
    return is_safe(secret, snapshot.minimum_group, insiders)


def _cluster(counted: str) -> str:
    """The code of the cluster, see `Return.counted`."""
    return counted.rpartition("@")[0]


def _submitted(returns: Iterable[Return]) -> list[Return]:
    return [each for each in returns if each.answers is not None]


def _sizes(returns: Iterable[Return]) -> dict[str, int]:
    boards = [each.board for each in returns]
    return {board: boards.count(board) for board in sorted(set(boards))}


def _with(one: Sets, other: Sets) -> dict[int, frozenset[Set]]:
    return {year: one.get(year, frozenset()) | other.get(year, frozenset()) for year in {*one, *other}}
