"""What was read from a workbook with the wording of a survey: texts, their cells, faults."""

from dataclasses import dataclass, field
from typing import Any

from surveys.faults import DataFault as Found


@dataclass(frozen=True)
class CellLocation:
    """A cell, and the codes of the text in it."""

    sheet: str
    cell: str = ""
    about: str = ""


@dataclass(frozen=True)
class WordingFault:
    """A fault in a cell: a reason code of app.messages, or a fault found by the survey loader."""

    place: CellLocation
    reason: str
    said: str = ""
    found: Found | None = None


@dataclass
class WordingContent:
    """The wording in a workbook as plain data (as in the YAML files), the cell of each text by path, and all faults."""

    content: dict[str, Any] = field(default_factory=dict)
    places: dict[str, CellLocation] = field(default_factory=dict)
    faults: list[WordingFault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether both sheets were there, with outcomes."""
        return bool(self.content.get("outcomes"))

    def fault(self, path: str, reason: str, said: str = "") -> None:
        """Record a fault of the text at this path of the content."""
        self.faults.append(WordingFault(self.places[path], reason, said))
