"""What is wrong with what is kept."""

from typing import NamedTuple


class IntegrityFault(NamedTuple):
    """A promise that is broken, a code, and where: names and numbers that find the row, never what it says."""

    code: str
    where: str
