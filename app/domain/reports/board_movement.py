"""How the clusters of one health board, and of Wales, moved between levels since the cycle before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.changes import ItemChange
from surveys.schema import BilingualText, Outcome, Questionnaire

from app.domain.reflection.answers import level_of
from app.domain.reports.movement_cohort import moving
from app.domain.reports.snapshot import BoardName, ClusterSubmission, Snapshot
from app.domain.statistics.movement import Movement, Step, step
from app.domain.survey.edition_changes import changes_between

Pair = tuple[ClusterSubmission, ClusterSubmission]
"""The submissions of one cluster in the cycle before and in this one."""


@dataclass(frozen=True)
class OutcomeMovement:
    """The movement on one outcome with the same wording in both cycles: of the board, and of Wales if shown."""

    outcome: Outcome
    own: Movement
    wales: Movement | None


@dataclass(frozen=True)
class OutcomeChanged:
    """One outcome that cannot be compared with the cycle before, and how its wording changed."""

    outcome: Outcome
    change: ItemChange


@dataclass(frozen=True)
class ClusterMovement:
    """One cluster: (code before, code now) by outcome, None where it did not submit both times."""

    code: str
    name: BilingualText
    answered: Mapping[str, tuple[str, str]] | None

    def step(self, outcome: str) -> Step:
        """Return the movement of the cluster's level on an outcome; KeyError if it did not submit in both cycles."""
        return step(*(self.answered or {})[outcome])


@dataclass(frozen=True)
class BoardMovement:
    """The movement of a board since the year `since`."""

    since: int
    #: The boards in the figures; empty where the movement is not shown.
    boards: tuple[BoardName, ...]
    #: How many of their clusters submitted both times, how many of those are counted here, and how many submitted now.
    both: int
    compared: int
    now: int
    #: How many clusters of Wales are compared, and how many submitted now; None where their movement is not shown.
    wales: tuple[int, int] | None
    #: How many that submitted both times are left out at random of the movement of Wales and of boards.
    left_out: int
    outcomes: tuple[OutcomeMovement, ...]
    changed: tuple[OutcomeChanged, ...]
    #: Only in the edition for officers.
    clusters: tuple[ClusterMovement, ...]
    #: Clusters that submitted both times, and then belonged to another board.
    moved_here: tuple[BilingualText, ...]
    #: Whether there is nothing to show: no cluster of the board submitted both times.
    is_none: bool


def movement_since(snapshot: Snapshot, asked: Mapping[int, Questionnaire], code: str, *, inside: bool) -> BoardMovement:
    """Return the movement of the clusters of this board since the newest earlier cycle.

    In the public edition a cluster counts under its present board. Officers may not read what it submitted under
    another board, so `inside` leaves such a cluster out.
    """
    before = snapshot.earlier[0]
    found = moving(snapshot)
    pairs, groups, compared_pairs = found.both, found.groups, found.compared
    shown = (
        _of_board(pairs, code)
        if inside
        else [pair for pair in compared_pairs if pair[1].board in _group_of(code, groups)]
    )
    boards = _boards(snapshot, (code,) if inside and shown else _group_of(code, groups) if not inside else ())
    questionnaire = asked[snapshot.year]
    known = changes_between(asked[before.year], questionnaire, snapshot.changes)
    compared = [outcome for outcome in questionnaire.outcomes if known[outcome.code].is_comparable]
    return BoardMovement(
        since=before.year,
        boards=boards,
        both=sum(snapshot.board(now.board) in boards for _then, now in pairs),
        compared=len(shown),
        now=sum(each.answers is not None for each in snapshot.returns if snapshot.board(each.board) in boards),
        wales=(len(compared_pairs), len(snapshot.submitted)) if groups else None,
        left_out=found.left_out if groups else 0,
        outcomes=tuple(
            OutcomeMovement(
                each, _movement(shown, each, known), _movement(compared_pairs, each, known) if groups else None
            )
            for each in compared
        ),
        changed=tuple(
            OutcomeChanged(each, known[each.code])
            for each in questionnaire.outcomes
            if not known[each.code].is_comparable
        ),
        clusters=_clusters(snapshot, shown, code, compared, known) if inside else (),
        moved_here=tuple(now.name for then, now in pairs if now.board == code != then.board),
        is_none=not (shown if inside else _of_now(pairs, code)),
    )


def _of_board(pairs: Iterable[Pair], code: str) -> list[Pair]:
    """Return the pairs of clusters that belonged to the board in both cycles."""
    return [(then, now) for then, now in pairs if then.board == now.board == code]


def _of_now(pairs: Iterable[Pair], code: str) -> list[Pair]:
    return [pair for pair in pairs if pair[1].board == code]


def _group_of(code: str, groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((group for group in groups if code in group), ())


def _boards(snapshot: Snapshot, codes: Iterable[str]) -> tuple[BoardName, ...]:
    return tuple(board for board in snapshot.boards if board.code in set(codes))


def _movement(pairs: Iterable[Pair], outcome: Outcome, known: Mapping[str, ItemChange]) -> Movement:
    return Movement.of(_answered(pair, outcome, known) for pair in pairs)


def _answered(pair: Pair, outcome: Outcome, known: Mapping[str, ItemChange]) -> tuple[str, str]:
    """Return the level codes before and now; a comparable outcome has exactly one predecessor."""
    (came_from,) = known[outcome.code].came_from
    before, now = pair
    return level_of((before.answers or {}).get(came_from)), level_of((now.answers or {}).get(outcome.code))


def _clusters(
    snapshot: Snapshot, shown: Iterable[Pair], code: str, compared: Iterable[Outcome], known: Mapping[str, ItemChange]
) -> tuple[ClusterMovement, ...]:
    answered = {
        pair[1].cluster: {outcome.code: _answered(pair, outcome, known) for outcome in compared} for pair in shown
    }
    return tuple(
        ClusterMovement(each.cluster, each.name, answered.get(each.cluster))
        for each in snapshot.returns
        if each.board == code
    )
