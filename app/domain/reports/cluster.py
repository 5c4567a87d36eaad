"""The report that one cluster gets back: its levels now and before, and the next steps that it had planned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from surveys.changes import ItemChange, WordingStatus
from surveys.schema import Outcome, Question, Questionnaire

from app.domain.errors import NotSubmitted, RecordNotFound
from app.domain.reflection.answers import Content, chosen_in, level_of, ranked_in
from app.domain.reports.snapshot import ClusterSubmission, Snapshot
from app.domain.statistics.distribution import Distribution
from app.domain.survey.edition_changes import changes_between
from app.domain.survey.levels import Level


class LevelMove(StrEnum):
    """How a level compares with the one before."""

    UP = "up"
    SAME = "same"
    DOWN = "down"


@dataclass(frozen=True)
class EarlierAnswer:
    """What the cluster submitted in an earlier cycle on an item from which this outcome derives."""

    year: int
    #: The outcome as it was asked then.
    outcome: Outcome
    wording: WordingStatus
    #: Level code, "unable", or "".
    level: str
    next_step: str
    #: The language the next step was typed in.
    language: str

    @property
    def is_comparable(self) -> bool:
        """Whether both levels answer the same wording."""
        return self.wording is WordingStatus.SAME


@dataclass(frozen=True)
class OutcomeAnswer:
    """One outcome as the cluster submitted it, with what it had submitted before, the newest first."""

    outcome: Outcome
    content: Content
    #: The language the texts were typed in.
    language: str
    before: tuple[EarlierAnswer, ...]
    #: The last earlier year in which the cluster submitted, None where there is none.
    last_year: int | None

    @property
    def level(self) -> str:
        """Level code, "unable", or ""."""
        return level_of(self.content)

    @property
    def reached(self) -> Level | None:
        """The level, None where the cluster gave none."""
        return Level.of(self.level)

    @property
    def next(self) -> Level | None:
        """The level to work towards, None when the highest is reached."""
        following = (self.reached or 0) + 1
        return Level(following) if following <= max(Level) else None

    @property
    def last_time(self) -> tuple[EarlierAnswer, ...]:
        """The answers of the last earlier submission; several where the outcome derives from several."""
        return tuple(each for each in self.before if each.year == self.last_year)

    def move(self, before: EarlierAnswer) -> LevelMove | None:
        """Return how the level compares with an earlier one; None where they cannot be compared."""
        earlier = Level.of(before.level)
        if earlier is None or self.reached is None or not before.is_comparable:
            return None
        if self.reached == earlier:
            return LevelMove.SAME
        return LevelMove.UP if self.reached > earlier else LevelMove.DOWN

    @property
    def moved(self) -> LevelMove | None:
        """How the level compares with the last one; None where they cannot be compared."""
        return self.move(self.last_time[0]) if len(self.last_time) == 1 else None


@dataclass(frozen=True)
class ClusterAnswers:
    """Everything that one cluster submitted in a cycle."""

    own: ClusterSubmission
    outcomes: tuple[OutcomeAnswer, ...]
    #: The earlier years in which it submitted, the newest first.
    years: tuple[int, ...]

    @cached_property
    def levels(self) -> Distribution:
        """The number of outcomes at each level."""
        return Distribution.of(each.level for each in self.outcomes)

    def moved(self, move: LevelMove | None) -> tuple[OutcomeAnswer, ...]:
        """Return the outcomes with this movement since the last submission; None: those that cannot be compared."""
        return tuple(each for each in self.outcomes if each.moved == move)

    def content(self, code: str) -> Content:
        """Return the content of the answer to an item; empty if there is none."""
        return (self.own.answers or {}).get(code, {})

    def ranked(self, ranking: Question) -> tuple[str, ...]:
        """Return the ranked codes that are still chosen, the most important first."""
        return ranked_in(self.content(ranking.code), chosen_in(self.content(ranking.of)))


def answers_of(snapshot: Snapshot, cluster: str, questionnaires: Mapping[int, Questionnaire]) -> ClusterAnswers:
    """Return what a cluster submitted, this year and before; `questionnaires` by year.

    RecordNotFound when the cluster is not in the cycle, NotSubmitted when it has not submitted.
    """
    own = _find(snapshot.returns, cluster)
    if own is None:
        raise RecordNotFound("cluster", cluster, [each.cluster for each in snapshot.returns])
    if own.answers is None:
        raise NotSubmitted
    found = {cycle.year: _find(cycle.returns, cluster) for cycle in snapshot.earlier}
    earlier = {year: each for year, each in found.items() if each is not None and each.answers is not None}
    now = questionnaires[snapshot.year]
    became = {year: changes_between(questionnaires[year], now, snapshot.changes) for year in earlier}
    return ClusterAnswers(
        own,
        tuple(
            OutcomeAnswer(
                outcome,
                own.answers.get(outcome.code, {}),
                own.languages.get(outcome.code, ""),
                tuple(
                    before
                    for year, each in earlier.items()
                    for before in _before(year, each, became[year][outcome.code], questionnaires[year])
                ),
                next(iter(earlier), None),
            )
            for outcome in now.outcomes
        ),
        tuple(earlier),
    )


def _find(returns: Iterable[ClusterSubmission], cluster: str) -> ClusterSubmission | None:
    return next((each for each in returns if each.cluster == cluster), None)


def _before(year: int, then: ClusterSubmission, change: ItemChange, asked: Questionnaire) -> Iterable[EarlierAnswer]:
    for code in change.came_from:
        outcome, content = asked.items[code], (then.answers or {}).get(code, {})
        if isinstance(outcome, Outcome):
            yield EarlierAnswer(
                year,
                outcome,
                change.wording,
                level_of(content),
                content.get("next_step", ""),
                then.languages.get(code, ""),
            )
