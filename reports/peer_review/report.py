"""The content of a peer review report: the cluster's own text, the findings of its peers, and its reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from surveys.schema import BilingualText, Outcome, Survey

from reports.layout.provenance import Provenance

if TYPE_CHECKING:  # a report is given its figures; it does not load the application to name their types
    from app.domain.peer_review.agreement import LevelPair
    from app.domain.reports.snapshot import OwnText, PeerText, ReviewReply


@dataclass(frozen=True)
class ReviewParty:
    """A cluster that takes part in a review, and its health board."""

    name: BilingualText
    board: BilingualText
    code: str


@dataclass(frozen=True)
class PeerFinding:
    """One outcome of a returned review."""

    outcome: Outcome
    survey: Survey
    compared: LevelPair
    own: OwnText
    peer: PeerText
    reply: ReviewReply | None


@dataclass(frozen=True)
class PeerReport:
    """The content of the report of a returned review; equal values make equal bytes."""

    kind: ClassVar[str] = "peer"
    templates: ClassVar[str] = "peer_review"
    styles: ClassVar[tuple[str, ...]] = ("print.css", "peer_review.css")
    style_sheet: ClassVar[str] = ""

    imprint: Provenance
    #: The code of the reviewed cluster.
    code: str
    reviewed: ReviewParty
    reviewer: ReviewParty
    met_on: date | None
    returned_on: date
    #: None while the reviewed cluster has not replied.
    replied_on: date | None
    findings: tuple[PeerFinding, ...]

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """The matrices that the outcomes are of, each once, in order."""
        return tuple({finding.survey.slug: finding.survey for finding in self.findings}.values())

    @property
    def is_draft(self) -> bool:
        """Whether the wording of any outcome shown is not the official one."""
        return any(survey.is_draft for survey in self.surveys)

    @property
    def editions(self) -> tuple[tuple[BilingualText, str, bool], ...]:
        """Title and edition of each matrix, and whether it is a draft."""
        return tuple((survey.title, survey.edition, survey.is_draft) for survey in self.surveys)
