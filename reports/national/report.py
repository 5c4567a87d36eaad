"""The content of the national summary, for page and PDF alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from surveys.schema import BilingualText, Outcome, Survey

from reports.layout import charts
from reports.layout.questionnaire_report import ABOUT, ResultsReport

if TYPE_CHECKING:  # a report is given its figures; it does not load the application to name their types
    from app.domain.reports.national import BoardGroup, NationalFigures, OutcomeFigures, QuestionCounts
    from app.domain.reports.peer_review import PeerReviewFigures
    from app.domain.reports.snapshot import BoardName
    from app.domain.reports.trends import Trends
    from app.domain.statistics.distribution import Distribution
    from app.domain.themes.theme_counts import FieldThemes


@dataclass(frozen=True)
class NationalReport(ResultsReport):
    """The content of the national summary."""

    kind: ClassVar[str] = "national"
    templates: ClassVar[str] = "national"
    styles: ClassVar[tuple[str, ...]] = ("print.css", "charts.css", "national.css")

    figures: NationalFigures
    boards: tuple[BoardName, ...]
    minimum_group: int
    over_years: Trends
    #: Themes in free text, with approved quotes; empty where nothing was coded or few submitted.
    themes: tuple[FieldThemes, ...] = ()
    #: None where there was no peer review in the cycle.
    peer: PeerReviewFigures | None = None

    @property
    def is_large_enough(self) -> bool:
        """Whether enough clusters submitted that their figures together reveal no single one."""
        return bool(self.figures.groups)

    @cached_property
    def parts(self) -> tuple[tuple[Survey, tuple[OutcomeFigures, ...]], ...]:
        """The matrices with the figures of their outcomes."""
        return self.by_survey({each.outcome.code: each for each in self.figures.outcomes})

    @property
    def asked(self) -> tuple[tuple[Survey, tuple[QuestionCounts, ...]], ...]:
        """The surveys of questions with the counts of those that have options, the one on the cluster itself last."""
        return tuple(sorted(self.by_survey(self.figures.counts), key=lambda part: part[0].slug == ABOUT))

    def outcome_title(self, code: str) -> BilingualText:
        """Return the title of the outcome with this code."""
        return self.questionnaire.items[code].title

    def hundredths(self, value: float) -> str:
        """Return a figure between -1 and 1 with two decimals and the minus sign U+2212, for screen readers."""
        return f"{round(value, 2) + 0:.2f}".replace("-", "−")

    @property
    def together(self) -> BoardGroup | None:
        """The boards that are shown merged; None where each is shown alone."""
        return next((group for group in self.figures.groups if len(group.boards) > 1), None)

    @property
    def has_gaps(self) -> bool:
        """Whether the clusters of any board gave no level at all on an outcome."""
        return any(not each.given for group in self.figures.groups for each in group.distributions.values())

    @property
    def response_by_year(self) -> tuple[tuple[int, int, int], ...]:
        """(year, clusters that submitted, all clusters), this cycle first."""
        wales = self.figures.wales
        before = ((each.year, each.submitted, each.clusters) for each in self.over_years.years)
        return (self.imprint.year, wales.submitted, wales.clusters), *before

    @property
    def has_years(self) -> bool:
        """Whether any outcome can be compared with an earlier cycle."""
        return any(each.distributions for each in self.over_years.years)

    def compared_over_years(
        self, outcomes: Iterable[OutcomeFigures]
    ) -> tuple[tuple[Outcome, tuple[tuple[int, Distribution], ...]], ...]:
        """Return the outcomes that were asked alike before, each with its levels by year, this cycle first."""
        rows = ((each.outcome, ((self.imprint.year, each.distribution), *self._before(each))) for each in outcomes)
        return tuple((outcome, years) for outcome, years in rows if len(years) > 1)

    def _before(self, figures: OutcomeFigures) -> Iterator[tuple[int, Distribution]]:
        code = figures.outcome.code
        return ((each.year, each.distributions[code]) for each in self.over_years.years if code in each.distributions)

    @cached_property
    def style_sheet(self) -> str:
        """The rules that draw the bars of this report."""
        return "".join(sorted({*self._bars(), *self._shares()}))

    def _bars(self) -> Iterator[str]:
        yield from (charts.level_bar(each.distribution) for each in self.figures.outcomes)
        for year in self.over_years.years:
            yield from (charts.level_bar(each) for each in year.distributions.values())
        if self.over_years.moved:
            yield from (charts.step_bar(each) for each in self.over_years.moved.outcomes.values())

    def _shares(self) -> Iterator[str]:
        for response in (*self.figures.response, self.figures.wales):
            yield charts.share_bar(response.submitted, response.clusters)
        for asked in self.figures.counts.values():
            yield from (charts.share_bar(option.chosen, asked.answered) for option in asked.options)
        for each in self.themes:
            yield from (charts.share_bar(theme.clusters, each.read) for theme in each.counts)
