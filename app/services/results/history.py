"""What was published before: whose answers it counted, and how a cycle stood when it was last published."""

from functools import lru_cache

from sqlalchemy import select

from app.db import session
from app.domain.disclosure.differencing import Set
from app.domain.reports.published_cells import Sets
from app.domain.reports.snapshot import EarlierCycle, Snapshot, read_snapshot
from app.models import Publication


def counted_before_by_publication() -> list[Sets]:
    """For every publication ever, whose answers its figures count."""
    return [
        {int(year): frozenset(Set(members) for members in sets) for year, sets in counts.items()}
        for counts in session.scalars(select(Publication.counts).order_by(Publication.id))
    ]


def last_published_cycle(year: int) -> EarlierCycle | None:
    """A cycle as it was last published: by itself, or else beside a later one; None where it never was."""
    newest_first = session.scalars(select(Publication).order_by(Publication.id.desc()))
    counting = sorted(
        (each for each in newest_first if str(year) in each.counts), key=lambda each: each.cycle_year != year
    )
    if not counting:
        return None
    taken = _read(counting[0].id, counting[0].snapshot_hash)
    if taken.year != year:
        return next(each for each in taken.earlier if each.year == year)
    return EarlierCycle(year, taken.returns, taken.together, taken.minimum_group, consented_answers(year))


def consented_answers(year: int) -> tuple[str, ...]:
    """The answers of a cycle that may be told: when they were published, their clusters knew and agreed."""
    versions = session.scalars(select(Publication.agreed).filter_by(cycle_year=year))
    return tuple(sorted({each for version in versions for each in version}))


def snapshot_of(publication: int) -> Snapshot:
    """What a publication was made from."""
    return read_snapshot(session.scalars(select(Publication.content).filter_by(id=publication)).one())


@lru_cache(maxsize=8)
def _read(publication: int, _hash: str) -> Snapshot:
    return snapshot_of(publication)
