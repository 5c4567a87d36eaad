"""A report that somebody asks for: no table of its own, but what the tables know of it."""

from dataclasses import dataclass
from typing import Any

from app.domain.reports.report_key import DRAFT, ReportKey
from app.models.cycle import Cycle
from app.models.peer_review import Review
from app.models.reflection import Reflection
from app.models.reports import Publication


@dataclass(frozen=True)
class RequestedReport:
    """A report, and what decides who may read it."""

    cycle: Cycle
    key: ReportKey
    #: None: the draft.
    publication: Publication | None
    #: The cluster in that cycle, where the report is about one.
    reflection: Reflection | None = None
    review: Review | None = None

    @property
    def version(self) -> str:
        """The version as it stands in an address."""
        return str(self.publication.number) if self.publication else DRAFT

    @property
    def address(self) -> dict[str, Any]:
        """The parts of its address."""
        return {"year": self.cycle.year, "version": self.version, "kind": self.key.kind, "code": self.key.code}

    def file_name(self, language: str, face: str) -> str:
        """The name under which a face of it is saved."""
        return self.key.file_name(self.cycle.year, self.version, language, face)
