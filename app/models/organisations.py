"""The organisations: health boards and their clusters."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.schema import BilingualText

from app.db import Base


class HealthBoard(Base):
    """One of the seven health boards, known by its ODS code."""

    __tablename__ = "health_boards"

    ods_code: Mapped[str] = mapped_column(String(3), primary_key=True)
    name_en: Mapped[str]
    name_cy: Mapped[str]
    #: As it is called in a table, such as "Powys".
    short_en: Mapped[str]
    short_cy: Mapped[str]
    partnership_en: Mapped[str]
    partnership_cy: Mapped[str]
    #: The board's own word for "cluster", such as Neighbourhood Care Network; None: cluster.
    cluster_word_en: Mapped[str | None]
    cluster_word_cy: Mapped[str | None]

    clusters: Mapped[list["Cluster"]] = relationship(back_populates="board", order_by="Cluster.name_en")

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_en, self.name_cy)

    @property
    def short(self) -> BilingualText:
        """The short name in both languages."""
        return BilingualText(self.short_en, self.short_cy)

    @property
    def cluster_word(self) -> BilingualText | None:
        """The board's own word for a cluster, None where it has none."""
        return (
            BilingualText(self.cluster_word_en, self.cluster_word_cy)
            if self.cluster_word_en and self.cluster_word_cy
            else None
        )


class Cluster(Base):
    """One of the 60 primary care clusters; `code` is its part of an address, such as "north-powys"."""

    __tablename__ = "clusters"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    board_code: Mapped[str] = mapped_column(ForeignKey("health_boards.ods_code"), index=True)
    name_en: Mapped[str]
    name_cy: Mapped[str]
    county_en: Mapped[str]
    county_cy: Mapped[str]
    #: Registered patients, where a source gives them.
    population: Mapped[int | None]
    #: How sure the names are: "seen" on an official page, "partly", "inferred" or "constructed".
    name_en_evidence: Mapped[str]
    name_cy_evidence: Mapped[str]

    board: Mapped[HealthBoard] = relationship(back_populates="clusters", lazy="joined")

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_en, self.name_cy)
