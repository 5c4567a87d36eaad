"""The present draft of the reports of a cycle, and what publishing it would reveal beside earlier publications."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.disclosure.differencing import Set
from app.domain.reports.movement_cohort import tells_of_few
from app.domain.reports.published_cells import cluster_of
from app.domain.reports.snapshot import ClusterSubmission
from app.models import Cycle, Publication
from app.services.reports.catalogue import CatalogueEntry, group_by_kind, list_report_keys, report_name
from app.services.reports.queries import list_publications
from app.services.reports.snapshots import ReportInput, counted_before_by_publication, draft_report_input


@dataclass(frozen=True)
class PublicationDraft:
    """The present draft, with all publications of the cycle, newest first."""

    material: ReportInput
    before: Sequence[Publication]
    #: For each publication that counts answers of this cycle, also of a later cycle: the answers it counts.
    counted: Sequence[Set]

    @property
    def hash(self) -> str:
        """The hash of the snapshot, by which `publish_reports` checks that the draft that was read is published."""
        return self.material.snapshot.hash

    @property
    def is_first(self) -> bool:
        """Whether the cycle has no publication yet."""
        return not self.before

    @property
    def listed(self) -> tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]:
        """The reports that can be built, grouped by kind."""
        keys = list_report_keys(self.material)
        return group_by_kind(CatalogueEntry(key, report_name(self.material, key)) for key in keys)

    @property
    def agreed(self) -> tuple[str, ...]:
        """The answers that may be revealed, because their clusters agreed to an earlier version."""
        return tuple(answers for version in self.before for answers in version.agreed)

    @cached_property
    def told_apart(self) -> tuple[ClusterSubmission, ...]:
        """The clusters whose answers could be worked out from the publications, and that have not agreed to that."""
        taken = self.material.snapshot
        if not tells_of_few(taken, self.agreed):
            return ()
        return tuple(each for each in taken.returns if self._is_other(each) and each.counted not in self.agreed)

    @property
    def told(self) -> list[str]:
        """The answers that a reader could work out: those of `told_apart`, now and in earlier publications."""
        clusters = {each.cluster for each in self.told_apart}
        answers = Set(each.counted for each in self.told_apart).union(*self.counted)
        return sorted(each for each in answers if cluster_of(each) in clusters)

    def _is_other(self, returned: ClusterSubmission) -> bool:
        """Return whether an earlier publication counted other answers of the cluster, or none."""
        return returned.answers is not None and any(returned.counted not in each for each in self.counted)


def load_publication_draft(cycle: Cycle, minimum_group: int) -> PublicationDraft:
    """Return the present draft of the reports of a cycle."""
    counted = [Set().union(*sets[cycle.year]) for sets in counted_before_by_publication() if cycle.year in sets]
    return PublicationDraft(draft_report_input(cycle, minimum_group), list_publications(cycle.year), counted)
