"""Base classes of printed documents on a questionnaire, and of reports on its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from surveys.schema import BilingualText, Questionnaire, Survey

from reports.layout.provenance import Provenance

Found = TypeVar("Found")

ABOUT = "about_the_cluster"
"""The survey about the cluster itself: first in the questionnaire, last in reports."""


@dataclass(frozen=True)
class QuestionnaireDocument:
    """A printed document that is based on a questionnaire."""

    #: What was asked in the year that it is of.
    questionnaire: Questionnaire

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """The matrices."""
        return tuple(survey for survey in self.questionnaire if survey.outcomes)

    @property
    def is_draft(self) -> bool:
        """Whether the wording of any outcome is not the official one."""
        return any(survey.is_draft for survey in self.surveys)

    @property
    def levels(self) -> Mapping[str, BilingualText]:
        """The names of the levels by code."""
        return self.questionnaire.levels

    @property
    def editions(self) -> tuple[tuple[BilingualText, str, bool], ...]:
        """Title and edition of each survey, and whether it is a draft."""
        return tuple((survey.title, survey.edition, survey.is_draft) for survey in self.questionnaire)

    def by_survey(self, found: Mapping[str, Found]) -> tuple[tuple[Survey, tuple[Found, ...]], ...]:
        """Return the surveys with the values found for the codes of their items; surveys without any are left out."""
        parts = ((survey, [each.code for each in survey.items if each.code in found]) for survey in self.questionnaire)
        return tuple((survey, tuple(found[code] for code in codes)) for survey, codes in parts if codes)


@dataclass(frozen=True)
class ResultsReport(QuestionnaireDocument):
    """A report on what clusters submitted. The same value makes the same page and the same bytes."""

    imprint: Provenance
