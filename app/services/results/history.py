"""What was published before: whose answers it counted, and which boards it showed together."""

from sqlalchemy import select

from app.db import session
from app.domain.disclosed import Sets
from app.domain.disclosure import Set
from app.models import Cycle, Publication


def counted() -> list[Sets]:
    """For every publication ever, whose answers its figures count."""
    return [
        {int(year): frozenset(Set(members) for members in sets) for year, sets in counts.items()}
        for counts in session.scalars(select(Publication.counts).order_by(Publication.id))
    ]


def together(cycle: Cycle) -> tuple[str, ...]:
    """The boards that earlier versions of a cycle's publication showed together."""
    versions = session.scalars(select(Publication.together).filter_by(cycle_year=cycle.year))
    return tuple(sorted({code for version in versions for code in version}))
