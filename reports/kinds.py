"""The kinds of reports that have data, each with the module that makes its rows and names: the one such table."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Protocol

from surveys.schema import BilingualText

from reports.board import rows as board
from reports.cluster import rows as cluster
from reports.data.data_row import DataRow
from reports.data.question_names import CodeNames
from reports.layout.provenance import Provenance
from reports.national import rows as national
from reports.peer_review import rows as peer


class ReportWithData(Protocol):
    """A report that has data."""

    kind: ClassVar[str]

    @property
    def imprint(self) -> Provenance:
        """Where the report comes from."""

    @property
    def is_draft(self) -> bool:
        """Whether the wording of any outcome shown is not the official one."""

    @property
    def editions(self) -> tuple[tuple[BilingualText, str, bool], ...]:
        """Title and edition of each survey, and whether it is a draft."""


class RowSource(Protocol):
    """A module that makes the data rows of one kind of report."""

    def rows(self, report: Any) -> Iterator[DataRow]:
        """Yield every figure and every passage of the report."""

    def wording(self, report: Any) -> CodeNames:
        """Return the names of the codes in its rows."""


ROW_SOURCES: Mapping[str, RowSource] = {"national": national, "board": board, "cluster": cluster, "peer": peer}


def has_data(kind: str) -> bool:
    """Return whether reports of this kind have data."""
    return kind in ROW_SOURCES


def rows(report: ReportWithData) -> Iterator[DataRow]:
    """Yield every figure and every passage of a report."""
    return ROW_SOURCES[report.kind].rows(report)


def wording(report: ReportWithData) -> CodeNames:
    """Return the names of the codes in the rows of a report."""
    return ROW_SOURCES[report.kind].wording(report)
