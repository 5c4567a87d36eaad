"""What is wrong with a workbook that people filled in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkbookFault:
    """What could not be read, and where; `reason` is a code, its sentence is in app.messages."""

    reason: str
    sheet: str
    cell: str = ""
    #: What was found there, or what is missing.
    said: str = ""
