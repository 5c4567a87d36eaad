"""Peer review: who was nominated, who reviews whom on what, and what reviewer and reviewed cluster wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from app.db import Base
from app.models.append_only import only_added
from app.models.cycle import Cycle
from app.models.organisations import Cluster, HealthBoard
from app.models.people import Person
from app.models.reflection import Submission

nomination_contacts = Table(
    "nomination_contacts",
    Base.metadata,
    Column("nomination_id", ForeignKey("nominations.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
)
"""The contact people of a nomination, who review and reply beside the lead and the deputies."""


class Nomination(Base):
    """A cluster nominated by its health board to review and be reviewed in a cycle."""

    __tablename__ = "nominations"
    __table_args__ = (UniqueConstraint("cycle_year", "cluster_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    cluster_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    board_code: Mapped[str] = mapped_column(ForeignKey("health_boards.ods_code"))
    #: Codes of the outcomes that it wishes to have reviewed.
    wishes: Mapped[list[str]] = mapped_column(JSON)
    nominated_at: Mapped[datetime]
    nominated_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    cycle: Mapped[Cycle] = relationship()
    cluster: Mapped[Cluster] = relationship()
    board: Mapped[HealthBoard] = relationship()
    contacts: Mapped[list[Person]] = relationship(secondary=nomination_contacts, order_by=Person.name)


class ReviewRound(Base):
    """Settings of staff for the peer review of a cycle: the seed, and how many reviews take one extra outcome."""

    __tablename__ = "review_rounds"

    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"), primary_key=True, autoincrement=False)
    seed: Mapped[int]
    #: Slug of a set of outcomes -> how many reviews take one more of it, see OutcomeSet.extra; and under
    #: "nominees" for how many nominees that was agreed. Empty: none.
    extra: Mapped[dict[str, int]] = mapped_column(JSON)


class ReviewConflict(Base):
    """Two clusters that must not review one another in a cycle, such as neighbours that share a practice."""

    __tablename__ = "review_conflicts"
    __table_args__ = (
        UniqueConstraint("cycle_year", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="once_for_both_directions"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    one_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))

    one: Mapped[Cluster] = relationship(foreign_keys=[one_id])
    other: Mapped[Cluster] = relationship(foreign_keys=[other_id])


class FixedDecision(Base):
    """A decision of staff before the allocation: a cluster's reviewer, or outcomes on which it is reviewed."""

    __tablename__ = "fixed_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    reviewed_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("clusters.id"))
    outcomes: Mapped[list[str]] = mapped_column(JSON)

    reviewed: Mapped[Cluster] = relationship(foreign_keys=[reviewed_id])
    reviewer: Mapped[Cluster | None] = relationship(foreign_keys=[reviewer_id])


class Allocation(Base):
    """One version of an allocation: a proposal until it is published, never changed afterwards."""

    __tablename__ = "allocations"
    __table_args__ = (
        UniqueConstraint("cycle_year", "number"),
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published_by_someone"),
        CheckConstraint("published_at IS NULL OR number = 1 OR reason <> ''", name="changed_with_reason"),
        Index(
            "uq_allocations_proposal",
            "cycle_year",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    number: Mapped[int]
    #: The problem as canonical JSON, see app.domain.peer_review.allocation.problem_hash; and its hash.
    problem: Mapped[str] = mapped_column(Text)
    problem_hash: Mapped[str] = mapped_column(String(64))
    #: Order, value and bound, see app.domain.peer_review.allocation.result.OptimalityCertificate.
    certificate: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Whether staff changed the proposal by hand.
    by_hand: Mapped[bool] = mapped_column(default=False)
    app_version: Mapped[str] = mapped_column(String(20))
    proposed_at: Mapped[datetime]
    #: None for an operator on the command line.
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Why it replaced the version before; "" for the first.
    reason: Mapped[str] = mapped_column(Text, default="")

    cycle: Mapped[Cycle] = relationship()
    published_by: Mapped[Person | None] = relationship(foreign_keys=[published_by_id])
    assignments: Mapped[list["ReviewAssignment"]] = relationship(
        back_populates="allocation", order_by="ReviewAssignment.position", cascade="all, delete-orphan"
    )


class ReviewAssignment(Base):
    """One review in one version of an allocation: the reviewer, the reviewed cluster, the outcomes."""

    __tablename__ = "review_assignments"
    __table_args__ = (
        UniqueConstraint("allocation_id", "reviewer_id"),
        UniqueConstraint("allocation_id", "reviewed_id"),
        CheckConstraint("reviewer_id <> reviewed_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocations.id"))
    position: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    reviewed_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    outcomes: Mapped[list[str]] = mapped_column(JSON)

    allocation: Mapped[Allocation] = relationship(back_populates="assignments")
    reviewer: Mapped[Cluster] = relationship(foreign_keys=[reviewer_id])
    reviewed: Mapped[Cluster] = relationship(foreign_keys=[reviewed_id])


class Review(Base):
    """One cluster's work as reviewer of another; it persists across versions of the allocation."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("cycle_year", "reviewer_id", "reviewed_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))
    reviewed_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"))

    cycle: Mapped[Cycle] = relationship()
    reviewer: Mapped[Cluster] = relationship(foreign_keys=[reviewer_id])
    reviewed: Mapped[Cluster] = relationship(foreign_keys=[reviewed_id])
    submissions: Mapped[list["ReviewSubmission"]] = relationship(back_populates="review")
    reviewers_nomination: Mapped[Nomination | None] = relationship(
        primaryjoin=lambda: (
            (foreign(Review.cycle_year) == Nomination.cycle_year)
            & (foreign(Review.reviewer_id) == Nomination.cluster_id)
        ),
        viewonly=True,
    )
    revieweds_nomination: Mapped[Nomination | None] = relationship(
        primaryjoin=lambda: (
            (foreign(Review.cycle_year) == Nomination.cycle_year)
            & (foreign(Review.reviewed_id) == Nomination.cluster_id)
        ),
        viewonly=True,
    )

    def submission_by(self, side: str) -> "ReviewSubmission | None":
        """Return the submission of that side (app.domain.peer_review.review.Side), None before there is one."""
        return next((each for each in self.submissions if each.side == side), None)


@only_added
class Finding(Base):
    """One version of one side's text on an outcome or on the meeting. Rows are added, never changed."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("review_id", "side", "item", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    #: Who wrote it, see app.domain.peer_review.review.Side.
    side: Mapped[str] = mapped_column(String(10))
    #: The code of the outcome, or "MEETING".
    item: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    #: Codes and typed text, see app.domain.peer_review.review.
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    client_id: Mapped[str] = mapped_column(String(40), default="")
    sequence_no: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    saved_by: Mapped[Person] = relationship()


@only_added
class ReviewSubmission(Base):
    """The final submission of one side: findings returned by the reviewer, or the reply of the reviewed cluster."""

    __tablename__ = "review_submissions"
    __table_args__ = (UniqueConstraint("review_id", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    side: Mapped[str] = mapped_column(String(10))
    #: Item code -> version that was submitted.
    versions: Mapped[dict[str, int]] = mapped_column(JSON)
    #: The submission of the reviewed cluster that the reviewer had read.
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    review: Mapped[Review] = relationship(back_populates="submissions")
    submission: Mapped[Submission] = relationship()
    by: Mapped[Person] = relationship()
