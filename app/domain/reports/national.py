"""The national summary: every figure of the report, computed once from a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.schema import Kind, Outcome, Question, Questionnaire

from app.domain.reflection.answers import Answers, chosen_in, is_answered, level_of, ranked_in
from app.domain.reports.board_groups import board_groups_of
from app.domain.reports.snapshot import BoardName, Snapshot
from app.domain.statistics.bounds import OutcomeBounds, outcome_bounds
from app.domain.statistics.distribution import Distribution

IS_COUNTED: Mapping[Kind, bool] = {
    Kind.TEXT: False,
    Kind.LINE: False,
    Kind.NUMBER: False,
    Kind.CHOICE: True,
    Kind.CHOICES: True,
    Kind.RANKING: False,  # with the question whose options it ranks
}
"""Kind of question -> whether the summary counts its options."""


@dataclass(frozen=True)
class ResponseRate:
    """How many clusters of a board (None: of Wales) submitted, of how many."""

    board: BoardName | None
    submitted: int
    clusters: int

    @property
    def rate(self) -> int | None:
        """The percentage that submitted, halves rounded up; None where there are no clusters."""
        return (200 * self.submitted + self.clusters) // (2 * self.clusters) if self.clusters else None


@dataclass(frozen=True)
class OutcomeFigures:
    """The levels of all clusters that submitted on one outcome, and the bounds for those that did not."""

    outcome: Outcome
    distribution: Distribution
    bounds: OutcomeBounds


@dataclass(frozen=True)
class BoardGroup:
    """Boards whose figures are shown together: usually one, several where one of them is too small."""

    boards: tuple[BoardName, ...]
    #: How many of their clusters submitted.
    submitted: int
    #: By outcome code.
    distributions: Mapping[str, Distribution]

    @property
    def code(self) -> str:
        """The codes of its boards, such as "7A1" or "7A2+7A7"."""
        return "+".join(board.code for board in self.boards)


@dataclass(frozen=True)
class OptionCount:
    """How many clusters chose an option, and how many ranked it first."""

    code: str
    chosen: int
    first: int


@dataclass(frozen=True)
class QuestionCounts:
    """A question with options: the counts of each, and how many clusters answered it."""

    question: Question
    answered: int
    options: tuple[OptionCount, ...]
    has_ranking: bool

    @property
    def by_frequency(self) -> tuple[OptionCount, ...]:
        """The options by descending count; ties in the order of the question."""
        return tuple(sorted(self.options, key=lambda option: -option.chosen))


@dataclass(frozen=True)
class NationalFigures:
    """All figures of the national summary of one cycle."""

    response: tuple[ResponseRate, ...]
    wales: ResponseRate
    outcomes: tuple[OutcomeFigures, ...]
    #: The boards as they are shown; empty where so few submitted that none can be.
    groups: tuple[BoardGroup, ...]
    counts: Mapping[str, QuestionCounts]

    @property
    def silent(self) -> tuple[BoardName, ...]:
        """The boards without any submission, which are in no group."""
        return tuple(each.board for each in self.response if each.board and not each.submitted)


def summarise(snapshot: Snapshot, questionnaire: Questionnaire) -> NationalFigures:
    """Return the national summary of a snapshot whose clusters answered this questionnaire."""
    response = tuple(_response(snapshot, board) for board in snapshot.boards)
    return NationalFigures(
        response=response,
        wales=ResponseRate(None, len(snapshot.submitted), len(snapshot.returns)),
        outcomes=tuple(_outcome(snapshot, outcome) for outcome in questionnaire.outcomes),
        groups=board_groups(snapshot, questionnaire),
        counts={
            question.code: _counts(snapshot.submitted, question, questionnaire)
            for question in questionnaire.questions
            if IS_COUNTED[question.kind]
        },
    )


def _response(snapshot: Snapshot, board: BoardName) -> ResponseRate:
    returns = [each for each in snapshot.returns if each.board == board.code]
    return ResponseRate(board, sum(each.answers is not None for each in returns), len(returns))


def _outcome(snapshot: Snapshot, outcome: Outcome) -> OutcomeFigures:
    clusters, silent = len(snapshot.returns), len(snapshot.returns) - len(snapshot.submitted)
    distribution = _distribution(snapshot.submitted, outcome)
    return OutcomeFigures(outcome, distribution, outcome_bounds(distribution, silent=silent, clusters=clusters))


def _distribution(submitted: Iterable[Answers], outcome: Outcome) -> Distribution:
    return Distribution.of(level_of(answers.get(outcome.code)) for answers in submitted)


def board_groups(snapshot: Snapshot, questionnaire: Questionnaire) -> tuple[BoardGroup, ...]:
    """Return the groups of boards that the threshold rule allows, see app.domain.disclosure.threshold."""
    return tuple(_group(snapshot, codes, questionnaire) for codes in board_groups_of(snapshot))


def _group(snapshot: Snapshot, codes: tuple[str, ...], questionnaire: Questionnaire) -> BoardGroup:
    submitted = snapshot.submitted_by_board()
    answers = [each for code in codes for each in submitted[code]]
    return BoardGroup(
        boards=tuple(snapshot.board(code) for code in codes),
        submitted=len(answers),
        distributions={outcome.code: _distribution(answers, outcome) for outcome in questionnaire.outcomes},
    )


def _counts(submitted: tuple[Answers, ...], question: Question, questionnaire: Questionnaire) -> QuestionCounts:
    ranking = questionnaire.ranking_of(question)
    chosen = [chosen_in(answers.get(question.code)) for answers in submitted]
    ranked = [
        ranked_in(answers.get(ranking.code), codes) if ranking else ()
        for answers, codes in zip(submitted, chosen, strict=True)
    ]
    return QuestionCounts(
        question=question,
        answered=sum(is_answered(question, answers.get(question.code)) for answers in submitted),
        options=tuple(
            OptionCount(
                option.code,
                chosen=sum(option.code in codes for codes in chosen),
                first=sum(codes[:1] == (option.code,) for codes in ranked),
            )
            for option in question.options
        ),
        has_ranking=ranking is not None,
    )
