"""The wording of a cycle as it was frozen when the cycle opened."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class FrozenSurvey(Base):
    """The exact content of a survey as it was when its cycle opened."""

    __tablename__ = "frozen_surveys"
    __table_args__ = (UniqueConstraint("cycle_year", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_year: Mapped[int] = mapped_column(ForeignKey("cycles.year"))
    position: Mapped[int]
    slug: Mapped[str] = mapped_column(String(60))
    content_hash: Mapped[str] = mapped_column(String(64))
    #: Canonical JSON, see surveys.schema.Survey.canonical.
    content: Mapped[str] = mapped_column(Text, deferred=True)  # some 100 KB, read once a process
