"""Publications, the files of a publication, and a report as it is requested by its address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.schema import BilingualText as Words

from app.db import Base
from app.domain.reports.report_key import DRAFT, ReportKey
from app.models.append_only import only_added
from app.models.cycle import Cycle
from app.models.peer_review import Review
from app.models.people import Person
from app.models.reflection import Reflection


@only_added
class Publication(Base):
    """One version of the reports of a cycle; a correction is a new version, and the old one stays readable."""

    __tablename__ = "publications"
    __table_args__ = (
        UniqueConstraint("cycle_year", "number"),
        CheckConstraint("(number = 1) = (correction_en IS NULL)", name="corrections_say_what"),
        CheckConstraint("(correction_en IS NULL) = (correction_cy IS NULL)", name="corrections_in_both_languages"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    number: Mapped[int]
    #: See app.domain.reports.snapshot.Snapshot.content.
    content: Mapped[str] = mapped_column(Text, deferred=True)
    #: Year -> sets of `ClusterSubmission.counted` that its figures count, see app.domain.reports.published_cells.
    counts: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON)
    #: The boards that it merges.
    together: Mapped[list[str]] = mapped_column(JSON)
    #: `ClusterSubmission.counted` of further answers that may be revealed, because their clusters agreed.
    agreed: Mapped[list[str]] = mapped_column(JSON, server_default=text("'[]'"))
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    #: The version of the application that published it; each file states the version that made the file.
    app_version: Mapped[str] = mapped_column(String(40))
    correction_en: Mapped[str | None] = mapped_column(Text)
    correction_cy: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    cycle: Mapped[Cycle] = relationship()
    published_by: Mapped[Person] = relationship()

    @property
    def correction(self) -> Words | None:
        """What was corrected since the version before; None in the first version."""
        return Words(self.correction_en, self.correction_cy) if self.correction_en and self.correction_cy else None


@only_added
class PublishedFile(Base):
    """One format of one published report, stored byte for byte as it was first served."""

    __tablename__ = "published_files"
    __table_args__ = (UniqueConstraint("publication_id", "kind", "code", "language", "face"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    #: Which report, see app.domain.reports.report_key: the kind, and the code of the board or cluster.
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    #: "page", "pdf", "csv", "xlsx" or "json".
    face: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    made_at: Mapped[datetime]


@dataclass(frozen=True)
class RequestedReport:
    """A report, and what determines who may read it."""

    cycle: Cycle
    key: ReportKey
    #: None for the draft.
    publication: Publication | None
    #: The cluster in that cycle, where the report is about one.
    reflection: Reflection | None = None
    review: Review | None = None

    @property
    def version(self) -> str:
        """The version as it is written in an address."""
        return str(self.publication.number) if self.publication else DRAFT

    @property
    def address(self) -> dict[str, Any]:
        """The parts of its address."""
        return {"year": self.cycle.year, "version": self.version, "kind": self.key.kind, "code": self.key.code}

    def file_name(self, language: str, face: str) -> str:
        """Return the download file name; `face` is the file extension of the format."""
        return self.key.file_name(self.cycle.year, self.version, language, face)
