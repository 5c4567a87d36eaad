"""Which reports have data, and who tells their rows and names: the one place that knows every kind."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Protocol

from surveys.schema import Text

from reports.data import board, cluster, national, peer
from reports.data.rows import Row
from reports.data.wording import Wording
from reports.imprint import Imprint


class Reported(Protocol):
    """A report that has data."""

    kind: ClassVar[str]

    @property
    def imprint(self) -> Imprint:
        """Where the report comes from."""

    @property
    def is_draft(self) -> bool:
        """Whether the wording of any outcome shown is not the official one."""

    @property
    def editions(self) -> tuple[tuple[Text, str, bool], ...]:
        """Title and edition of each survey, and whether it is a draft."""


class Teller(Protocol):
    """A module that tells the data of one kind of report."""

    def rows(self, report: Any) -> Iterator[Row]:
        """Every figure and every passage of the report."""

    def wording(self, report: Any) -> Wording:
        """The names of the codes in its rows."""


TELLERS: Mapping[str, Teller] = {"national": national, "board": board, "cluster": cluster, "peer": peer}


def has_data(kind: str) -> bool:
    """Whether reports of this kind have data."""
    return kind in TELLERS


def rows(report: Reported) -> Iterator[Row]:
    """Every figure and every passage of a report."""
    return TELLERS[report.kind].rows(report)


def wording(report: Reported) -> Wording:
    """The names of the codes in the rows of a report."""
    return TELLERS[report.kind].wording(report)
