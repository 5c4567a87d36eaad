"""The content of a cluster report, for page and PDF alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from surveys.schema import AnswerOption, BilingualText, Question, Questionnaire, Survey

from reports.layout.questionnaire_report import ABOUT, ResultsReport
from reports.peer_review.report import PeerReport

if TYPE_CHECKING:  # a report is given its figures; it does not load the application to name their types
    from app.domain.reflection.answers import Content
    from app.domain.reports.benchmark import Benchmark, BenchmarkBand, BenchmarkPosition
    from app.domain.reports.cluster import ClusterAnswers, OutcomeAnswer
    from app.domain.reports.discussion_questions import DiscussionQuestion

YEARS_IN_THE_PICTURE = 3
"""The most earlier years marked in the chart; each outcome lists all of them."""


@dataclass(frozen=True)
class ClusterReport(ResultsReport):
    """The content of a cluster report."""

    kind: ClassVar[str] = "cluster"
    templates: ClassVar[str] = "cluster"
    styles: ClassVar[tuple[str, ...]] = ("print.css", "peer_review.css", "cluster.css")
    style_sheet: ClassVar[str] = ""

    #: The code of the cluster.
    code: str
    name: BilingualText
    board: BilingualText
    #: What was asked in earlier cycles, by year.
    asked_before: Mapping[int, Questionnaire]
    answers: ClusterAnswers
    #: Three questions for the next meeting of the cluster.
    talks: tuple[DiscussionQuestion, ...]
    #: Outcome code -> the beginning of its next step, one or two lines long.
    steps: Mapping[str, str]
    #: Whether the cluster agreed to be compared.
    agreed: bool
    #: The bands of the clusters that agreed; None where the cluster did not, and in a draft.
    comparison: Benchmark | None = None
    #: The peer review of the cluster, None where there is none or it is not returned.
    peer: PeerReport | None = None
    #: A peer review of it was allocated and is not returned.
    awaits_review: bool = False

    @cached_property
    def parts(self) -> tuple[tuple[Survey, tuple[OutcomeAnswer, ...]], ...]:
        """The matrices with what was submitted on their outcomes."""
        return self.by_survey({each.outcome.code: each for each in self.answers.outcomes})

    @property
    def asked(self) -> tuple[Survey, ...]:
        """The surveys of questions, those about the cluster last."""
        found = [survey for survey in self.questionnaire if survey.questions]
        return tuple(sorted(found, key=lambda survey: survey.slug == ABOUT))

    @property
    def last_year(self) -> int | None:
        """The last earlier year in which the cluster submitted."""
        return next(iter(self.answers.years), None)

    @property
    def pictured(self) -> tuple[int, ...]:
        """The earlier years marked in the chart, the oldest first."""
        return tuple(reversed(self.answers.years[:YEARS_IN_THE_PICTURE]))

    @property
    def has_other_wording(self) -> bool:
        """Whether the chart marks a level that was given to a different wording."""
        return any(
            not before.is_comparable
            for each in self.answers.outcomes
            for before in each.before
            if before.year in self.pictured
        )

    @property
    def has_bands(self) -> bool:
        """Whether the cluster is compared with those that agreed."""
        return self.comparison is not None and self.comparison.is_shown

    def band(self, answer: OutcomeAnswer) -> BenchmarkBand | None:
        """Return the interquartile band of an outcome; None if it is not shown."""
        return self.comparison.bands.get(answer.outcome.code) if self.comparison else None

    def standing(self, answer: OutcomeAnswer) -> BenchmarkPosition | None:
        """Return the position of the cluster's level on an outcome; None where it cannot be said or is not shown."""
        band = self.band(answer)
        return band.standing(answer.reached) if band else None

    def is_in_band(self, answer: OutcomeAnswer, level: str) -> bool:
        """Return whether a level is within the band of an outcome."""
        codes, band = list(self.levels), self.band(answer)
        return band is not None and codes.index(band.lower.code) <= codes.index(level) <= codes.index(band.upper.code)

    def options(self, question: Question) -> tuple[AnswerOption, ...]:
        """Return the options that were chosen; of a ranking those still chosen, the most important first."""
        if not question.of:
            chosen = self.content(question).get("chosen", ())
            return tuple(option for option in question.options if option.code in chosen)
        of = self.questionnaire.items[question.of]
        assert isinstance(of, Question)  # noqa: S101 - what a ranking names is a question with options
        return tuple(of.option(code) for code in self.answers.ranked(question))

    def content(self, question: Question) -> Content:
        """Return what was answered to a question, empty where nothing was."""
        return self.answers.content(question.code)

    def is_written(self, question: Question) -> bool:
        """Return whether the answer to a question has free text."""
        said = self.content(question)
        return bool(said.get("text")) or any(said.get("details", {}).values())

    def language(self, code: str) -> str:
        """Return the language in which an answer was typed."""
        return self.answers.own.languages.get(code, "")
