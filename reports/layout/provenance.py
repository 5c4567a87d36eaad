"""Where a report comes from: the cycle, the snapshot, the version of the publication and of the application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from surveys.schema import BilingualText


@dataclass(frozen=True)
class Provenance:
    """The provenance that every report states."""

    year: int
    #: Whether the data are invented, which is stated on the cover.
    synthetic: bool
    snapshot_hash: str
    #: Which version of the application made the file.
    app_version: str
    #: The number of the publication, from 1; 0 while it is a draft.
    version: int = 0
    published_on: date | None = None
    #: What was corrected since the version before, in the words of staff; None in a first version.
    correction: BilingualText | None = None

    @property
    def is_published(self) -> bool:
        """Whether the report is published, and so final."""
        return self.version > 0
