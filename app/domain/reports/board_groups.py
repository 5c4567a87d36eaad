"""Which boards the reports of a cycle show alone and which merged, the same in every report."""

from dataclasses import replace

from app.domain.disclosure.threshold import Groups, merge_small_groups
from app.domain.reports.snapshot import EarlierCycle, Snapshot


def board_groups_of(snapshot: Snapshot) -> Groups:
    """Return the groups of board codes that are shown; empty where too few clusters submitted."""
    sizes = {code: len(answers) for code, answers in snapshot.submitted_by_board().items()}
    return merge_small_groups(sizes, snapshot.minimum_group, snapshot.together)


def merged_boards(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the codes of the boards that are merged, including those merged in earlier versions."""
    return tuple(sorted({code for group in board_groups_of(snapshot) if len(group) > 1 for code in group}))


def snapshot_as_of(cycle: EarlierCycle, snapshot: Snapshot) -> Snapshot:
    """Return an earlier cycle as a snapshot, with boards merged as in that cycle."""
    return replace(
        snapshot,
        year=cycle.year,
        returns=cycle.returns,
        together=cycle.together,
        minimum_group=cycle.minimum_group or snapshot.minimum_group,
        earlier=(),
        reviews=(),
        disclosed=(),
    )


def with_settled_rules(cycle: EarlierCycle, snapshot: Snapshot) -> EarlierCycle:
    """Return an earlier cycle with the merged boards and threshold of this snapshot fixed, for later snapshots."""
    then = snapshot_as_of(cycle, snapshot)
    return replace(cycle, together=merged_boards(then), minimum_group=then.minimum_group)
