"""The content of a health board report, for page and PDF alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from surveys.schema import AnswerOption, Outcome, Survey

from reports.layout import charts
from reports.layout.questionnaire_report import ResultsReport

if TYPE_CHECKING:  # a report is given its figures; it does not load the application to name their types
    from app.domain.reports.board import BoardFigures, OptionText, OutcomeComparison, QuestionComparison
    from app.domain.reports.board_movement import OutcomeMovement
    from app.domain.statistics.distribution import Distribution
    from app.domain.statistics.movement import Movement


@dataclass(frozen=True)
class BoardReport(ResultsReport):
    """The content of a board report."""

    kind: ClassVar[str] = "board"
    templates: ClassVar[str] = "board"
    styles: ClassVar[tuple[str, ...]] = ("print.css", "charts.css", "board.css")

    figures: BoardFigures
    minimum_group: int
    #: For the officers of the board and SPPC, with its clusters by name; otherwise for everyone.
    inside: bool

    @property
    def code(self) -> str:
        """The code of the board."""
        return self.figures.board.code

    @cached_property
    def parts(self) -> tuple[tuple[Survey, tuple[OutcomeComparison, ...]], ...]:
        """The matrices with the figures of their outcomes."""
        return self.by_survey({each.outcome.code: each for each in self.figures.outcomes})

    @property
    def all_levels(self) -> Counter[str]:
        """The number of ratings at each level, over all outcomes."""
        return sum((Counter(dict(each.own.counts)) for each in self.figures.outcomes), Counter())

    @property
    def all_steps(self) -> Counter[str]:
        """The number of steps of each kind (up, same, down, not comparable), over all outcomes."""
        moved = self.figures.movement.outcomes if self.figures.movement else ()
        names = ("up", "same", "down", "not_comparable")
        return Counter({name: sum(getattr(each.own, name) for each in moved) for name in names})

    @property
    def compared(self) -> tuple[tuple[Survey, tuple[OutcomeMovement, ...]], ...]:
        """The matrices with the movement of their outcomes that can be compared with the cycle before."""
        moved = self.figures.movement.outcomes if self.figures.movement else ()
        return self.by_survey({each.outcome.code: each for each in moved})

    @property
    def compared_over_years(self) -> tuple[tuple[Survey, tuple[Outcome, ...]], ...]:
        """The matrices with their outcomes that can be compared with at least one of the earlier cycles."""
        earlier = {code for year in self.figures.years[1:] for code in year.distributions}
        return self.by_survey({each.code: each for each in self.questionnaire.outcomes if each.code in earlier})

    def over_years(self, outcome: Outcome) -> list[tuple[int, Distribution]]:
        """Return the levels of an outcome in each cycle with comparable wording, the newest first."""
        return [
            (year.year, year.distributions[outcome.code])
            for year in self.figures.years
            if outcome.code in year.distributions
        ]

    def written(self, asked: QuestionComparison) -> Iterator[tuple[AnswerOption, list[OptionText]]]:
        """Yield each option of a question that has texts, with these texts."""
        for option in asked.own.question.options:
            passages = [passage for passage in asked.passages if passage.option == option.code]
            if passages:
                yield option, passages

    @cached_property
    def style_sheet(self) -> str:
        """The rules that draw the bars of this report."""
        return "".join(sorted({*self._level_bars(), *self._shares()}))

    def _level_bars(self) -> Iterator[str]:
        for each in self.figures.outcomes:
            yield from (charts.level_bar(counted) for counted in (each.own, each.wales) if counted)
        for year in self.figures.years:
            yield from (charts.level_bar(counted) for counted in year.distributions.values())
        yield from (charts.step_bar(moved) for moved in self._movements())

    def _movements(self) -> Iterator[Movement]:
        for each in self.figures.movement.outcomes if self.figures.movement else ():
            yield from (moved for moved in (each.own, each.wales) if moved)

    def _shares(self) -> Iterator[str]:
        for each in self.figures.questions:
            for counted in filter(None, (each.own, each.wales)):
                yield from (charts.share_bar(option.chosen, counted.answered) for option in counted.options)
