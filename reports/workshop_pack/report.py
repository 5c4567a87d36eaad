"""The workshop pack: what a cluster prints to discuss its reflection on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from surveys.schema import BilingualText, Question, Survey

from reports.layout.questionnaire_report import QuestionnaireDocument


@dataclass(frozen=True)
class PreviousOutcome:
    """The answer of the cluster on an outcome in an earlier cycle."""

    year: int
    #: The name of the level, None where the cluster was not able to say.
    level: BilingualText | None
    is_reworded: bool
    #: The beginning of the next step, "" for none, and the language it was written in, "" where unknown.
    promise: str = ""
    language: str = ""


@dataclass(frozen=True)
class WorkshopPack(QuestionnaireDocument):
    """The content of the workshop pack; equal values make equal bytes."""

    kind: ClassVar[str] = "workshop_pack"
    templates: ClassVar[str] = "workshop_pack"
    styles: ClassVar[tuple[str, ...]] = ("print.css", "workshop_pack.css")

    year: int
    synthetic: bool
    cluster: BilingualText
    board: BilingualText
    app_version: str
    #: Outcome code -> what the cluster submitted the last time it did.
    last_time: Mapping[str, PreviousOutcome] = field(default_factory=dict)

    @cached_property
    def others(self) -> tuple[Survey, ...]:
        """The parts with other questions, which are shown in short."""
        return tuple(survey for survey in self.questionnaire if survey.questions)

    def details(self, question: Question) -> tuple[BilingualText, ...]:
        """Return the follow-up questions of a question's options; on paper they share the lines to write on."""
        return tuple(option.detail for option in question.options if option.detail)
