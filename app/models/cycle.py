"""The yearly cycle."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.domain.cycle.lifecycle import WALES, CycleState, cycle_state, last_day
from app.models.survey import FrozenSurvey


class Cycle(Base):
    """One year's round of self-reflection, open from `opens` to `closes`, both days included."""

    __tablename__ = "cycles"
    __table_args__ = (CheckConstraint("opens <= closes", name="opens_before_closes"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opens: Mapped[date]
    closes: Mapped[date]
    #: When staff closed it before its last day; None otherwise.
    closed_at: Mapped[datetime | None]
    #: Whether the data are invented, which is stated wherever they are shown.
    synthetic: Mapped[bool] = mapped_column(default=False)

    surveys: Mapped[list["FrozenSurvey"]] = relationship(order_by="FrozenSurvey.position")

    @property
    def last_day(self) -> date:
        """The last day on which clusters could answer."""
        return last_day(self.closes, self.closed_at)

    def state_at(self, now: datetime) -> CycleState:
        """Return the state of the cycle at a moment, by the date in Wales."""
        today = now.astimezone(WALES).date()
        return cycle_state(self.opens, self.closes, closed_early=self.closed_at is not None, today=today)
