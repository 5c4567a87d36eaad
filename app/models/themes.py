"""Themes in free text: their names, the coding of each text, and approved quotes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.schema import BilingualText

from app.db import Base
from app.models.append_only import only_added
from app.models.people import Person
from app.models.reflection import Reflection, Submission

coding_themes = Table(
    "coding_themes",
    Base.metadata,
    Column("coding_id", ForeignKey("codings.id"), primary_key=True),
    Column("theme_id", ForeignKey("themes.id"), primary_key=True),
)
"""The themes found in a text when it was coded."""


class Theme(Base):
    """A topic in the free text of one field; no longer counted once it is retired."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("cycle_year", "item", "field", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    item: Mapped[str] = mapped_column(String(20))
    #: The code of the field, such as "evidence" or "detail:funding", see app.domain.reflection.answer_fields.
    field: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    names: Mapped[list["ThemeName"]] = relationship(
        back_populates="theme", order_by="ThemeName.version", lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> BilingualText:
        """Its newest name, in both languages."""
        return self.names[-1].text


@only_added
class ThemeName(Base):
    """One version of the name of a theme. Rows are added, never changed."""

    __tablename__ = "theme_names"
    __table_args__ = (UniqueConstraint("theme_id", "version"),)

    #: Used by saves of scripts, see app.domain.saving.decision; a name is saved by a button.
    client_id, sequence_no = "", 0

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    version: Mapped[int]
    name_en: Mapped[str]
    name_cy: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    theme: Mapped[Theme] = relationship(back_populates="names")
    saved_by: Mapped[Person] = relationship()

    @property
    def text(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_en, self.name_cy)

    @property
    def content(self) -> dict[str, str]:
        """The name as the content of a save."""
        return {"en": self.name_en, "cy": self.name_cy}


@only_added
class Coding(Base):
    """One version of the themes that staff found in one submitted text. Rows are added, never changed."""

    __tablename__ = "codings"
    __table_args__ = (UniqueConstraint("reflection_id", "item", "field", "version"),)

    client_id, sequence_no = "", 0

    id: Mapped[int] = mapped_column(primary_key=True)
    reflection_id: Mapped[int] = mapped_column(ForeignKey("reflections.id"))
    item: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    #: The submission that staff read: the coding holds for this text only.
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    reflection: Mapped[Reflection] = relationship()
    submission: Mapped[Submission] = relationship()
    saved_by: Mapped[Person] = relationship()
    themes: Mapped[list[Theme]] = relationship(secondary=coding_themes, order_by=Theme.position, lazy="selectin")

    @property
    def content(self) -> dict[str, Any]:
        """The submission that was read and the themes found, as the content of a save."""
        return {"submission": self.submission_id, "themes": sorted(theme.id for theme in self.themes)}


class Quote(Base):
    """A verbatim passage of a submitted text that staff approved for publication; kept when it is withdrawn."""

    __tablename__ = "quotes"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_someone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    item: Mapped[str] = mapped_column(String(20))
    field: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(LongText)
    #: The language of the answer, taken to be the language of the text.
    language: Mapped[str] = mapped_column(String(2))
    #: The theme it illustrates, if any.
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    cleared_at: Mapped[datetime]
    cleared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    submission: Mapped[Submission] = relationship()
    theme: Mapped[Theme | None] = relationship()
    cleared_by: Mapped[Person] = relationship(foreign_keys=[cleared_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])
