"""Publish all reports of a cycle together, frozen, as a new version."""

from dataclasses import dataclass
from datetime import datetime

from surveys.schema import BilingualText

from app.db import session, transaction
from app.domain.errors import DisclosureRisk, DraftChanged, InvalidValue, NothingToPublish, Unchanged
from app.domain.reports.movement_cohort import published_sets, tells_of_few
from app.domain.reports.snapshot import Snapshot
from app.domain.text import normalise_text
from app.models import Cycle, Person, Publication
from app.services.cycle.queries import lock_cycle, require_cycle_over
from app.services.reports.publication_draft import PublicationDraft, load_publication_draft
from config import VERSION


@dataclass(frozen=True)
class PublicationStatement:
    """What staff confirm when they publish."""

    #: The hash of the draft that they read.
    draft_hash: str
    #: What the version corrects; required from the second version on.
    correction: BilingualText | None = None
    #: Whether the clusters whose answers could be worked out from the publications know that and agree.
    agreed: bool = False


def publish_reports(
    cycle: Cycle, by: Person, now: datetime, minimum_group: int, said: PublicationStatement
) -> Publication:
    """Freeze the present data of a cycle and publish it as a new version.

    Raise CycleNotOver; DraftChanged if the draft is not the one that was read; NothingToPublish if too few clusters
    have submitted; Unchanged if the newest version is the same; DisclosureRisk if the differences from earlier
    publications would reveal the answers of few clusters that have not agreed; InvalidValue if a later version has no
    correction in both languages, or a first version has one.
    """
    with transaction():
        lock_cycle(cycle)
        require_cycle_over(cycle, now)
        standing = load_publication_draft(cycle, minimum_group)
        _require_publishable(standing, said)
        made = _publication(standing, by, now, said)
        session.add(made)
    return made


def _require_publishable(standing: PublicationDraft, said: PublicationStatement) -> None:
    taken = standing.material.snapshot
    if said.draft_hash != standing.hash:
        raise DraftChanged
    if not published_sets(taken).get(taken.year):
        raise NothingToPublish
    if not standing.is_first and standing.before[0].snapshot_hash == standing.hash:
        raise Unchanged
    if tells_of_few(taken, (*standing.agreed, *(standing.told if said.agreed else ()))):
        raise DisclosureRisk(tuple(each.cluster for each in standing.told_apart))


def _publication(standing: PublicationDraft, by: Person, now: datetime, said: PublicationStatement) -> Publication:
    taken, correction = standing.material.snapshot, _correction(standing, said)
    return Publication(
        cycle_year=taken.year,
        number=len(standing.before) + 1,
        content=taken.content,
        counts=_counts(taken),
        together=list(taken.together),
        agreed=standing.told if said.agreed else [],
        snapshot_hash=taken.hash,
        app_version=VERSION,
        correction_en=correction.en if correction else None,
        correction_cy=correction.cy if correction else None,
        published_at=now,
        published_by_id=by.id,
    )


def _correction(standing: PublicationDraft, said: PublicationStatement) -> BilingualText | None:
    """Return the normalised correction, None for a first version; raise InvalidValue as `publish_reports`."""
    if standing.is_first:
        if said.correction:
            raise InvalidValue("corrects_nothing")
        return None
    corrected = said.correction and BilingualText(
        normalise_text(said.correction.en), normalise_text(said.correction.cy)
    )
    if not (corrected and corrected.en and corrected.cy):
        raise InvalidValue("correction_missing")
    return corrected


def _counts(taken: Snapshot) -> dict[str, list[list[str]]]:
    return {
        str(year): sorted(sorted(members) for members in sets) for year, sets in published_sets(taken).items() if sets
    }
