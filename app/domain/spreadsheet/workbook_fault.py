"""What is wrong with a workbook that people filled in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkbookFault:
    """What could not be taken, and where; `reason` is a code that the edge has a sentence for."""

    reason: str
    sheet: str
    cell: str = ""
    #: What was found there, or what is missing.
    said: str = ""
