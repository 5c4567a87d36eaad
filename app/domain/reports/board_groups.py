"""Which boards the reports of a cycle show alone and which together: one answer, whichever report asks."""

from dataclasses import replace

from app.domain.disclosure.threshold import Groups, merge_small_groups
from app.domain.reports.snapshot import EarlierCycle, Snapshot


def board_groups_of(snapshot: Snapshot) -> Groups:
    """The codes of the boards as they are shown; empty where so few submitted that none can be."""
    sizes = {code: len(answers) for code, answers in snapshot.submitted_by_board().items()}
    return merge_small_groups(sizes, snapshot.minimum_group, snapshot.together)


def merged_boards(snapshot: Snapshot) -> tuple[str, ...]:
    """The codes of the boards that are shown as one, those of earlier versions with them."""
    return tuple(sorted({code for group in board_groups_of(snapshot) if len(group) > 1 for code in group}))


def snapshot_as_of(cycle: EarlierCycle, snapshot: Snapshot) -> Snapshot:
    """An earlier cycle as a snapshot of its own; its boards are put together as they were then, not as now."""
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
    """An earlier cycle with the rules by which this snapshot shows it, so that those after it can keep to them."""
    then = snapshot_as_of(cycle, snapshot)
    return replace(cycle, together=merged_boards(then), minimum_group=then.minimum_group)
