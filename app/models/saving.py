"""Forms that could not be saved because the session had ended."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class StashedForm(Base):
    """A form sent after its author's session had ended: shown only to its author, and deleted after a time."""

    __tablename__ = "stashed_forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: The page it was typed on, without its language, such as "/reflections/2026/north-powys/questions/ACD-1".
    page: Mapped[str] = mapped_column(String(300))
    #: The fields as they were sent: pairs of name and value, in order.
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    stashed_at: Mapped[datetime]
