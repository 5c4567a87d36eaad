"""The figures of one health board and of Wales, in the edition for its officers or for everyone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from surveys.schema import BilingualText, Outcome, Questionnaire, QuestionRole

from app.domain.reflection.answers import chosen_in, level_of
from app.domain.reports.board_groups import snapshot_as_of
from app.domain.reports.board_movement import BoardMovement, movement_since
from app.domain.reports.national import QuestionCounts, ResponseRate, board_groups, summarise
from app.domain.reports.snapshot import BoardName, ClusterSubmission, Snapshot
from app.domain.statistics.distribution import Distribution
from app.domain.survey.edition_changes import changes_between

SHOWN_ROLES = (QuestionRole.STRENGTHEN, QuestionRole.BARRIERS, QuestionRole.ENABLERS)
"""The questions that a board report shows, in order."""


@dataclass(frozen=True)
class BoardCluster:
    """A cluster of the board: its level codes by outcome, None while it has not submitted."""

    code: str
    name: BilingualText
    levels: Mapping[str, str] | None


@dataclass(frozen=True)
class OutcomeComparison:
    """One outcome: the board, and Wales where national figures are shown."""

    outcome: Outcome
    own: Distribution
    wales: Distribution | None


@dataclass(frozen=True)
class OptionText:
    """What one cluster wrote with an option it chose, and the language it was typed in."""

    cluster: str
    name: BilingualText
    option: str
    text: str
    language: str


@dataclass(frozen=True)
class QuestionComparison:
    """One question with options: the board, Wales where it is shown, and what the clusters of the board wrote."""

    own: QuestionCounts
    wales: QuestionCounts | None
    passages: tuple[OptionText, ...]

    def wales_chosen(self, option: str) -> int:
        """How many clusters of Wales chose an option; 0 where Wales is not shown."""
        return sum(each.chosen for each in self.wales.options if each.code == option) if self.wales else 0


@dataclass(frozen=True)
class YearLevels:
    """The levels in one cycle, of the boards that could be shown then; by outcome code of the newest cycle."""

    year: int
    boards: tuple[BoardName, ...]
    submitted: int
    distributions: Mapping[str, Distribution]


@dataclass(frozen=True)
class BoardFigures:
    """All figures of a board report."""

    board: BoardName
    response: ResponseRate
    wales: ResponseRate
    #: The boards behind every figure but the response: this one, or several put together; none where none is shown.
    boards: tuple[BoardName, ...]
    #: How many of their clusters submitted.
    submitted: int
    outcomes: tuple[OutcomeComparison, ...]
    questions: tuple[QuestionComparison, ...]
    #: None where there was no cycle before.
    movement: BoardMovement | None
    #: The newest first; empty before there are three cycles.
    years: tuple[YearLevels, ...]
    #: Only for those who may read them.
    clusters: tuple[BoardCluster, ...]


def board_figures(snapshot: Snapshot, asked: Mapping[int, Questionnaire], code: str, *, inside: bool) -> BoardFigures:
    """The figures of the board with this code, given the questionnaire of each year; KeyError when there is no such.

    `inside`: for readers who may read every submission of the board; otherwise for everyone.
    """
    questionnaire = asked[snapshot.year]
    national = summarise(snapshot, questionnaire)
    boards = _shown(snapshot, questionnaire, code, inside=inside)
    own = summarise(_only(snapshot, boards), questionnaire)
    wales = national if national.groups else None
    beside = {each.outcome.code: each.distribution for each in wales.outcomes} if wales else {}
    return BoardFigures(
        board=snapshot.board(code),
        response=next(each for each in national.response if each.board and each.board.code == code),
        wales=national.wales,
        boards=boards,
        submitted=own.wales.submitted,
        outcomes=tuple(
            OutcomeComparison(each.outcome, each.distribution, beside.get(each.outcome.code)) for each in own.outcomes
        ),
        questions=tuple(
            QuestionComparison(
                own.counts[question.code],
                wales.counts[question.code] if wales else None,
                _passages(snapshot, code, question.code) if inside else (),
            )
            for role in SHOWN_ROLES
            if (question := questionnaire.question_for(role))
        ),
        movement=movement_since(snapshot, asked, code, inside=inside) if snapshot.earlier else None,
        years=_years(snapshot, asked, code, inside=inside) if len(snapshot.earlier) > 1 else (),
        clusters=_clusters(snapshot, code, questionnaire) if inside else (),
    )


def _shown(snapshot: Snapshot, questionnaire: Questionnaire, code: str, *, inside: bool) -> tuple[BoardName, ...]:
    """The boards whose figures are shown for this one."""
    if inside:
        return (snapshot.board(code),) if snapshot.submitted_by_board()[code] else ()
    groups = (group.boards for group in board_groups(snapshot, questionnaire))
    return next((boards for boards in groups if snapshot.board(code) in boards), ())


def _only(snapshot: Snapshot, boards: tuple[BoardName, ...]) -> Snapshot:
    codes = {board.code for board in boards}
    return replace(snapshot, returns=tuple(each for each in snapshot.returns if each.board in codes))


def _clusters(snapshot: Snapshot, code: str, questionnaire: Questionnaire) -> tuple[BoardCluster, ...]:
    return tuple(
        BoardCluster(each.cluster, each.name, _levels(each, questionnaire))
        for each in snapshot.returns
        if each.board == code
    )


def _levels(found: ClusterSubmission, questionnaire: Questionnaire) -> Mapping[str, str] | None:
    if found.answers is None:
        return None
    return {outcome.code: level_of(found.answers.get(outcome.code)) for outcome in questionnaire.outcomes}


def _passages(snapshot: Snapshot, code: str, item: str) -> tuple[OptionText, ...]:
    """What was written with the options that are still chosen, in the order of the clusters."""
    return tuple(
        OptionText(each.cluster, each.name, option, text, each.languages.get(item, ""))
        for each in snapshot.returns
        if each.board == code and each.answers is not None
        for option in chosen_in(each.answers.get(item))
        if (text := each.answers[item].get("details", {}).get(option, ""))
    )


def _years(
    snapshot: Snapshot, asked: Mapping[int, Questionnaire], code: str, *, inside: bool
) -> tuple[YearLevels, ...]:
    now = asked[snapshot.year]
    cycles = (snapshot, *(snapshot_as_of(each, snapshot) for each in snapshot.earlier))
    return tuple(_year(each, asked[each.year], now, code, inside=inside) for each in cycles)


def _year(taken: Snapshot, then: Questionnaire, now: Questionnaire, code: str, *, inside: bool) -> YearLevels:
    boards = _shown(taken, then, code, inside=inside)
    figures = summarise(_only(taken, boards), then)
    by_code = {each.outcome.code: each.distribution for each in figures.outcomes}
    compared = {
        item: change for item, change in changes_between(then, now, taken.changes).items() if change.is_comparable
    }
    levels = {
        outcome.code: by_code[compared[outcome.code].came_from[0]]
        for outcome in now.outcomes
        if boards and outcome.code in compared
    }
    return YearLevels(taken.year, boards, figures.wales.submitted, levels)
