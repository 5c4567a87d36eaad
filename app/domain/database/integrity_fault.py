"""A fault that the integrity check found, and where."""

from typing import NamedTuple


class IntegrityFault(NamedTuple):
    """A broken integrity rule as a code; `where` has names and numbers that locate the row, never its content."""

    code: str
    where: str
