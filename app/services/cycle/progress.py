"""The progress of the clusters in a cycle: not begun, in progress or submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.cycle.lifecycle import ReflectionState
from app.domain.reflection.completion import answered_count
from app.models import Cycle, HealthBoard, Reflection
from app.services.reflection.queries import Overview, load_newest_answers, reflections_of_cycle
from app.services.survey.queries import questionnaire_of


@dataclass(frozen=True)
class ClusterProgress:
    """The progress of one cluster: its state, required items answered, and the time of its last save."""

    reflection: Reflection
    state: ReflectionState
    answered: int
    required: int
    last_saved: datetime | None


@dataclass(frozen=True)
class BoardProgress:
    """The progress of the clusters of one board."""

    board: HealthBoard
    clusters: tuple[ClusterProgress, ...]

    def count(self, *states: ReflectionState) -> int:
        """Return the number of clusters in any of these states."""
        return sum(each.state in states for each in self.clusters)


@dataclass(frozen=True)
class ProgressTotals:
    """The number of clusters in total and by state."""

    clusters: int
    submitted: int
    in_progress: int
    not_begun: int


def progress_totals(boards: Sequence[BoardProgress]) -> ProgressTotals:
    """Return the totals over these boards; a reopened reflection counts as in progress."""
    return ProgressTotals(
        clusters=sum(len(each.clusters) for each in boards),
        submitted=sum(each.count(ReflectionState.SUBMITTED) for each in boards),
        in_progress=sum(each.count(ReflectionState.IN_PROGRESS, ReflectionState.REOPENED) for each in boards),
        not_begun=sum(each.count(ReflectionState.NOT_BEGUN) for each in boards),
    )


def progress_by_board(cycle: Cycle, boards: Sequence[HealthBoard], now: datetime) -> tuple[BoardProgress, ...]:
    """Return the progress of the clusters of these boards, in the order of the boards.

    Clusters are sorted by their English names in both languages, so that every reader sees the same list.
    """
    reflections = sorted(reflections_of_cycle(cycle.year), key=lambda each: each.cluster.name_en)
    newest = load_newest_answers(each.id for each in reflections)
    questionnaire, state = questionnaire_of(cycle), cycle.state_at(now)
    shown = [Overview(each, questionnaire, newest.get(each.id, {}), state) for each in reflections]
    return tuple(
        BoardProgress(board, tuple(_progress(each) for each in shown if each.reflection.board_code == board.ods_code))
        for board in boards
    )


def _progress(shown: Overview) -> ClusterProgress:
    answered, required = answered_count(shown.questionnaire, shown.answers)
    last_saved = max((answer.saved_at for answer in shown.newest.values()), default=None)
    return ClusterProgress(shown.reflection, shown.state, answered, required, last_saved)
