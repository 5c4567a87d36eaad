"""A cluster's reflection: append-only answers, and submissions that refer to versions of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.append_only import only_added
from app.models.cycle import Cycle
from app.models.organisations import Cluster, HealthBoard
from app.models.people import Person


class Reflection(Base):
    """One cluster in one cycle, under the board it belonged to when the cycle opened."""

    __tablename__ = "reflections"
    __table_args__ = (UniqueConstraint("cycle_year", "cluster_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    cluster_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    board_code: Mapped[str] = mapped_column(ForeignKey("health_boards.ods_code"))
    #: When members were informed that the distribution is shown for however few ratings; None: only for enough.
    small_group_announced_at: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship()
    cluster: Mapped[Cluster] = relationship()
    board: Mapped[HealthBoard] = relationship()
    submissions: Mapped[list["Submission"]] = relationship(back_populates="reflection", order_by="Submission.number")

    @property
    def standing(self) -> "Submission | None":
        """The current submission; None before the first and after a reopening."""
        return next((each for each in self.submissions if each.reopened_at is None), None)

    @property
    def latest(self) -> "Submission | None":
        """The last submission, which counts even while it is reopened, until the next one."""
        return self.submissions[-1] if self.submissions else None


@only_added
class Answer(Base):
    """One version of one answer. Rows are added, never changed, so that no saved text is lost.

    The unique constraint on the version also prevents silent overwriting: of two people who save over version 3, only
    one can write version 4.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("reflection_id", "item", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    #: The code of the outcome or question, such as "PCMW-01".
    item: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    #: Codes and typed text, see app.domain.reflection.answers.
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The language of the page on which it was typed, taken to be the language of the text.
    language: Mapped[str] = mapped_column(String(2))
    #: The open page that saved it by itself, and which of its saves it was; see app.domain.saving.decision.
    client_id: Mapped[str] = mapped_column(String(40), default="", server_default="")
    sequence_no: Mapped[int] = mapped_column(default=0, server_default="0")
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    saved_by: Mapped[Person] = relationship()


class Submission(Base):
    """The answers as a cluster submitted them; a reopening keeps it readable, with the reason."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("reflection_id", "number"),
        CheckConstraint("(reopened_at IS NULL) = (reopened_reason IS NULL)", name="reopened_with_reason"),
        CheckConstraint("(reopened_at IS NULL) = (reopened_by_id IS NULL)", name="reopened_by_someone"),
        Index(
            "uq_submissions_standing",
            "reflection_id",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    number: Mapped[int]
    #: The reference number of the submission; its last part is from the hash of the answers.
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    #: Item code -> version that was submitted.
    versions: Mapped[dict[str, int]] = mapped_column(JSON)
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: Whether the cluster agreed to be compared, without names, with others that agreed.
    compares: Mapped[bool] = mapped_column(default=False, server_default=false())
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reopened_reason: Mapped[str | None] = mapped_column(Text)

    reflection: Mapped[Reflection] = relationship(back_populates="submissions")
    submitted_by: Mapped[Person] = relationship(foreign_keys=[submitted_by_id])
