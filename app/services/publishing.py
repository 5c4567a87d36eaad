"""Publishes the reports of a cycle: all of them together, frozen, in versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from surveys.schema import BilingualText

from app.db import session, transaction
from app.domain.disclosure.differencing import Set
from app.domain.errors import DisclosureRisk, DraftChanged, InvalidValue, NothingToPublish, Unchanged
from app.domain.reports.movement_cohort import published_sets, tells_of_few
from app.domain.reports.published_cells import cluster_of
from app.domain.reports.snapshot import ClusterSubmission, Snapshot
from app.domain.text import normalise_text
from app.models import Cycle, Person, Publication
from app.services.cycle.commands import lock_cycle, require_cycle_over
from app.services.publications import list_publications
from app.services.results.history import counted_before_by_publication
from app.services.results.material import ReportInput, draft_report_input
from app.services.results.shelf import CatalogueEntry, group_by_kind, list_report_keys, report_name
from config import VERSION


@dataclass(frozen=True)
class PublicationDraft:
    """The reports of a cycle as they stand, and what publishing them would mean."""

    material: ReportInput
    before: Sequence[Publication]
    #: Whose answers of this cycle were counted, by each publication of this or of a later cycle.
    counted: Sequence[Set]

    @property
    def hash(self) -> str:
        """The hash of the snapshot: what is published must be what was looked at."""
        return self.material.snapshot.hash

    @property
    def is_first(self) -> bool:
        """Whether nothing is published yet."""
        return not self.before

    @property
    def listed(self) -> tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]:
        """The reports that can be made, kind by kind."""
        keys = list_report_keys(self.material)
        return group_by_kind(CatalogueEntry(key, report_name(self.material, key)) for key in keys)

    @property
    def agreed(self) -> tuple[str, ...]:
        """The answers that may be told, because their clusters agreed when an earlier version was published."""
        return tuple(answers for version in self.before for answers in version.agreed)

    @cached_property
    def told_apart(self) -> tuple[ClusterSubmission, ...]:
        """The clusters whose answers a reader could work out beside what is published, and that were not asked yet."""
        taken = self.material.snapshot
        if not tells_of_few(taken, self.agreed):
            return ()
        return tuple(each for each in taken.returns if self._is_other(each) and each.counted not in self.agreed)

    @property
    def told(self) -> list[str]:
        """What a reader could work out: what these clusters answer now, and what they had answered before."""
        clusters = {each.cluster for each in self.told_apart}
        answers = Set(each.counted for each in self.told_apart).union(*self.counted)
        return sorted(each for each in answers if cluster_of(each) in clusters)

    def _is_other(self, returned: ClusterSubmission) -> bool:
        """Whether an earlier publication counted other answers of the cluster, or none."""
        return returned.answers is not None and any(returned.counted not in each for each in self.counted)


@dataclass(frozen=True)
class PublicationStatement:
    """What staff say when they publish."""

    #: The hash of the draft that they looked at.
    over: str
    #: What is corrected, from the second version on.
    correction: BilingualText | None = None
    #: Whether the clusters know and agree whose answers can be told beside what is published.
    agreed: bool = False


def load_publication_draft(cycle: Cycle, minimum_group: int) -> PublicationDraft:
    """The reports of a cycle as they stand now."""
    counted = [Set().union(*sets[cycle.year]) for sets in counted_before_by_publication() if cycle.year in sets]
    return PublicationDraft(draft_report_input(cycle, minimum_group), list_publications(cycle.year), counted)


def publish_reports(
    cycle: Cycle, by: Person, now: datetime, minimum_group: int, said: PublicationStatement
) -> Publication:
    """Freeze the cycle as it stands as a new version.

    CycleNotOver while clusters can still answer; DraftChanged when something changed since it was looked at;
    NothingToPublish while too few submitted; Unchanged when the standing version says the same; DisclosureRisk when
    beside earlier versions it would tell what few clusters answered, and they do not agree; InvalidValue when a
    correction does not say what it corrects, or a first version says that it corrects something.
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
    if said.over != standing.hash:
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
    """What is corrected, in both languages; a first version corrects nothing."""
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
