"""People and the roles they hold."""

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.people.roles import OF_A_BOARD, OF_A_CLUSTER, Role
from app.models.organisations import Cluster, HealthBoard


def _codes(roles: tuple[Role, ...]) -> str:
    return ", ".join(f"'{role.value}'" for role in roles)


_WALES = text("cluster_id IS NULL AND board_code IS NULL")


class Person(UserMixin, Base):
    """A person who can sign in, with name, e-mail address and language."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="en")
    #: An option code of ABOUT-1, such as "community_pharmacy"; "" where not given.
    professional_group: Mapped[str] = mapped_column(String(60), default="")

    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="person", lazy="selectin", cascade="all, delete-orphan"
    )

    def holds(self, *roles: Role) -> list["Appointment"]:
        """Return the appointments to any of these roles."""
        return [each for each in self.appointments if each.role in roles]


class Appointment(Base):
    """A role that a person holds: for a cluster, for a board, or (SPPC) for Wales."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint(f"(role IN ({_codes(OF_A_CLUSTER)})) = (cluster_id IS NOT NULL)", name="cluster_of_role"),
        CheckConstraint(f"(role IN ({_codes(OF_A_BOARD)})) = (board_code IS NOT NULL)", name="board_of_role"),
        # One role for each person and place.
        Index("ix_appointments_one_in_a_cluster", "person_id", "cluster_id", unique=True),
        Index("ix_appointments_one_of_a_board", "person_id", "board_code", unique=True),
        Index("ix_appointments_one_for_wales", "person_id", unique=True, sqlite_where=_WALES, postgresql_where=_WALES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role] = mapped_column(
        Enum(
            Role,
            native_enum=False,
            create_constraint=True,
            name="role",
            values_callable=lambda roles: [each.value for each in roles],
        )
    )
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("clusters.id"), index=True)
    board_code: Mapped[str | None] = mapped_column(ForeignKey("health_boards.ods_code"))

    person: Mapped[Person] = relationship(back_populates="appointments")
    cluster: Mapped[Cluster | None] = relationship(lazy="joined")
    board: Mapped[HealthBoard | None] = relationship(lazy="joined")

    @property
    def place(self) -> str | None:
        """The code of the cluster or board that it is for; None for Wales."""
        return self.cluster.code if self.cluster else self.board_code
