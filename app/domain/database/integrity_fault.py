"""A fault that the integrity check found, and where."""

from typing import NamedTuple


class IntegrityFault(NamedTuple):
    """A promise that is broken, a code, and where: names and numbers that find the row, never what it says."""

    code: str
    where: str
