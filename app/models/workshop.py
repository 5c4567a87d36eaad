"""The discussion of a cluster: private ratings, the workshop, its voting rounds and votes."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.reflection import Reflection


class PrivateRating(Base):
    """One person's rating of one outcome.

    Only that person reads it; others see counts, see app.domain.workshop.private_ratings.
    """

    __tablename__ = "private_ratings"
    __table_args__ = (UniqueConstraint("reflection_id", "item", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    item: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    client_id: Mapped[str] = mapped_column(String(40), default="")
    sequence_no: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]

    @property
    def content(self) -> dict[str, str]:
        """Level and note, as the content of a save."""
        return {"level": self.level, "note": self.note}


class Workshop(Base):
    """A meeting in which a cluster agrees on its levels; a reflection may take several, one at a time."""

    __tablename__ = "workshops"
    __table_args__ = (
        CheckConstraint("present > 0", name="somebody_present"),
        Index(
            "uq_workshops_open",
            "reflection_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    #: The last part of the short address that participants open.
    code: Mapped[str] = mapped_column(String(8), unique=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    #: How many people take part, and their groups (option codes); never who.
    present: Mapped[int]
    groups: Mapped[list[str]] = mapped_column(JSON)
    #: The codes of the outcomes in the order of the discussion, fixed when it opened.
    agenda: Mapped[list[str]] = mapped_column(JSON)
    #: The outcome on the screen.
    item: Mapped[str] = mapped_column(String(20))
    #: Item code -> version of the answer that was agreed.
    agreed: Mapped[dict[str, int]] = mapped_column(JSON)

    reflection: Mapped[Reflection] = relationship()


class VotingRound(Base):
    """One count on an outcome: number 0 counts the private ratings, 1 and up the votes in the meeting.

    When it is revealed its distribution is final, so that no later vote can be worked out from a difference, and the
    votes of the meeting are deleted.
    """

    __tablename__ = "voting_rounds"
    __table_args__ = (
        UniqueConstraint("reflection_id", "item", "number"),
        CheckConstraint("(revealed_at IS NULL) = (spread IS NULL)", name="revealed_with_spread"),
        {"sqlite_autoincrement": True},  # a vote that arrives late must not find another round under the number
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    item: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    opened_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    #: Level code or "unable" -> how many.
    spread: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    #: The notes in alphabetical order, which reveals neither time nor author.
    notes: Mapped[list[str]] = mapped_column(JSON)

    votes: Mapped[list["Vote"]] = relationship(cascade="all, delete-orphan")


class Vote(Base):
    """One person's choice in an open voting round; deleted when the round is revealed."""

    __tablename__ = "votes"

    round_id: Mapped[int] = mapped_column(ForeignKey("voting_rounds.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(20))
