"""Whose movement is shown alone and whose together, so that nothing small follows from it and the levels of each year.

A cluster that submitted only once is missing from the movement and stands in the levels of that year: the difference
is that cluster. The steps are therefore shown only where even the levels before and now of the clusters that submitted
both times would tell of no small group, beside all else that is published of both years: see docs/decisions/0018.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.domain.disclosure import Set, is_safe
from app.domain.small_groups import Groups, grouped
from app.domain.snapshot import EarlierCycle, Return, Snapshot

Cycle = Snapshot | EarlierCycle
Reading = tuple[Sequence[Set], Sequence[Set]]
"""The sets published of a year, and what the officers of each board know of it."""


def movement_groups(cycles: Sequence[Cycle], minimum: int) -> Groups:
    """The boards as their movement since the cycle before may be shown; empty where none may, not even that of Wales.

    `cycles` are the newest first. A cluster counts under the board of the newest cycle.
    """
    if len(cycles) < 2:
        return ()
    both, readings = submitted_both_times(cycles), _readings(cycles, minimum)
    ascending = sorted((board for board in both if both[board]), key=lambda board: len(both[board]))
    together = [board for board in ascending if not _is_safe(readings, [both[board]], minimum)]
    for board in (*(each for each in ascending if each not in together), None):
        groups = _in_order(both, together)
        if _is_safe(readings, _sets(both, groups), minimum):
            return groups
        together += [board] if board else []
    return ()


def submitted_both_times(cycles: Sequence[Cycle]) -> Mapping[str, Set]:
    """Board of the newest cycle -> its clusters that submitted in it and in the cycle before."""
    before = Set().union(*_submitted(cycles[1].returns).values())
    return {board: clusters & before for board, clusters in _submitted(cycles[0].returns).items()}


def _readings(cycles: Sequence[Cycle], minimum: int) -> Sequence[Reading]:
    """What is read beside the sets that moved: nothing, the levels now, and all that is told of the year before."""
    now, before = (_submitted(each.returns) for each in cycles[:2])
    known_both = [clusters & before.get(board, Set()) for board, clusters in now.items()]
    moved_before = _sets(submitted_both_times(cycles[1:]), movement_groups(cycles[1:], minimum)) if cycles[2:] else []
    return (
        ([], known_both),
        (_level_sets(now, minimum), list(now.values())),
        ([*_level_sets(before, minimum), *moved_before], list(before.values())),
    )


def _is_safe(readings: Iterable[Reading], moved: Sequence[Set], minimum: int) -> bool:
    """Whether these sets can be shown, to everyone and to the officers of each board."""
    return all(is_safe([*published, *moved], minimum, insiders) for published, insiders in readings)


def _submitted(returns: Iterable[Return]) -> dict[str, Set]:
    """Board -> its clusters that submitted."""
    found: dict[str, Set] = {}
    for each in returns:
        found[each.board] = found.get(each.board, Set()) | ({each.cluster} if each.answers is not None else Set())
    return found


def _level_sets(submitted: Mapping[str, Set], minimum: int) -> Sequence[Set]:
    """The sets of clusters whose levels are published for a cycle."""
    return _sets(submitted, grouped({board: len(clusters) for board, clusters in submitted.items()}, minimum))


def _sets(clusters: Mapping[str, Set], groups: Groups) -> Sequence[Set]:
    return [Set().union(*(clusters[board] for board in group)) for group in groups]


def _in_order(both: Mapping[str, Set], together: Collection[str]) -> Groups:
    alone = tuple((board,) for board in both if both[board] and board not in together)
    put_together = tuple(board for board in both if board in together)
    return (*alone, put_together) if put_together else alone
