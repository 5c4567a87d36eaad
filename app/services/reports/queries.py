"""Queries for publications: versions of a cycle, the newest ones, and the input of their reports."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import select

from reports.layout.provenance import Provenance

from app.db import session
from app.domain.cycle.lifecycle import WALES
from app.domain.errors import RecordNotFound
from app.domain.reports.report_key import DRAFT
from app.models import Publication, Reflection
from app.services.reports.snapshots import ReportInput, questionnaires_of, snapshot_of
from config import VERSION


def list_publications(year: int) -> Sequence[Publication]:
    """Return the published versions of a cycle, newest first."""
    query = select(Publication).filter_by(cycle_year=year).order_by(Publication.number.desc())
    return session.scalars(query).all()


def newest_publications() -> Sequence[Publication]:
    """Return the newest version of each published cycle, newest cycle first."""
    everything = session.scalars(select(Publication).order_by(Publication.cycle_year.desc(), Publication.number.desc()))
    by_year: dict[int, Publication] = {}
    for each in everything:
        by_year.setdefault(each.cycle_year, each)
    return list(by_year.values())


def publication_counting(reflection: Reflection) -> Publication | None:
    """Return the newest version that has a report of this cluster; None if no version counts its answers."""
    code, year = reflection.cluster.code, reflection.cycle_year
    for publication in list_publications(year):
        if any(each.startswith(f"{code}@") for members in publication.counts.get(str(year), []) for each in members):
            return publication
    return None


def find_publication(year: int, number: int) -> Publication:
    """Return a published version by its number; raise RecordNotFound if there is none."""
    if found := session.scalar(select(Publication).filter_by(cycle_year=year, number=number)):
        return found
    raise RecordNotFound("publication", f"{year} {number}")


def publication_of_address(year: int, written: str) -> Publication | None:
    """Return the publication for a version in a URL, or None for the draft; raise RecordNotFound for anything else."""
    if written == DRAFT:
        return None
    numbered = {str(each.number): each for each in reversed(list_publications(year))}
    if written not in numbered:
        raise RecordNotFound("publication", f"{year} {written}", [*numbered, DRAFT])
    return numbered[written]


def report_input_of(publication: Publication) -> ReportInput:
    """Return the input of the reports of a version, which never changes."""
    first = publication if publication.number == 1 else find_publication(publication.cycle_year, 1)
    return _frozen(publication.id, first.id, provenance_of(publication))


def provenance_of(publication: Publication) -> Provenance:
    """Return the provenance of a version; its product version is the present one, which makes files still missing."""
    return Provenance(
        publication.cycle_year,
        publication.cycle.synthetic,
        publication.snapshot_hash,
        VERSION,
        publication.number,
        publication.published_at.astimezone(WALES).date(),
        publication.correction,
    )


@lru_cache(maxsize=4)
def _frozen(publication: int, first: int, said: Provenance) -> ReportInput:
    taken = snapshot_of(publication)
    before = None if first == publication else snapshot_of(first)
    return ReportInput(taken, questionnaires_of(taken), said, before)
