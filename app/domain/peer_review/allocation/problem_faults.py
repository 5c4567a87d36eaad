"""A place in a problem file, and what is wrong there: faults are gathered, never raised one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.errors import DomainError

MOST_FAULTS = 100
"""More are not told: nobody reads them, and the first say what the rest are."""


@dataclass(frozen=True)
class ProblemFault:
    """Where (`path` such as "nominees[3].levels", counted from 1), which, and its particulars."""

    path: str
    code: str
    detail: str = ""


class InvalidProblem(DomainError):
    """A problem file cannot be used; it carries every fault."""

    def __init__(self, faults: Sequence[ProblemFault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.code} {fault.detail}" for fault in faults))
        self.faults = tuple(faults)

    @classmethod
    def of(cls, code: str, detail: str = "") -> "InvalidProblem":
        """The whole file is at fault."""
        return cls([ProblemFault("", code, detail)])


@dataclass(frozen=True)
class Place:
    """A value of the file with its path. Reading a wrong one notes a fault and goes on with something harmless."""

    value: Any
    path: str
    faults: list[ProblemFault] = field(repr=False)

    def fault(self, code: str, detail: str = "") -> None:
        """Note a fault here, in a line of its own however long the detail is."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(ProblemFault(self.path, code, " ".join(detail[:80].split())))

    def has(self, key: str) -> bool:
        """Whether this is an object with the key."""
        return isinstance(self.value, dict) and key in self.value

    def names(self) -> tuple[str, ...]:
        """The keys of an object."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    def child(self, key: str) -> "Place":
        """The value of a key; None where there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Place(value, f"{self.path}.{key[:40]}".lstrip("."), self.faults)

    def elements(self) -> list["Place"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            self.fault("not_list")
            return []
        return [Place(each, f"{self.path}[{number}]", self.faults) for number, each in enumerate(self.value, 1)]

    def count(self, key: str) -> int:
        """How long the list of a key is."""
        value = self.child(key).value
        return len(value) if isinstance(value, list) else 0

    def expect_keys(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """This is an object with these keys and no others."""
        if not isinstance(self.value, dict):
            self.fault("not_object")
            return
        for key in required:
            if key not in self.value:
                self.child(key).fault("missing")
        for key in self.value:
            if key not in (*required, *optional):
                self.child(key).fault("unknown_key", ", ".join((*required, *optional)))

    def text(self) -> str:
        """A code: a string with something in it and no spaces around it."""
        if isinstance(self.value, str) and self.value.strip() == self.value and 0 < len(self.value) <= 200:
            return self.value
        if self.value is not None or not self._is_told():
            self.fault("not_code")
        return ""

    def texts(self) -> tuple[str, ...]:
        """A list of codes, none twice."""
        found = tuple(each.text() for each in self.elements())
        if len(set(found)) < len(found):
            self.fault("named_twice")
        return found

    def whole(self, least: int, most: int) -> int:
        """A whole number within limits; true and false are not numbers."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and least <= self.value <= most:
            return self.value
        if self.value is not None or not self._is_told():
            self.fault("not_number", f"{least} – {most}")
        return least

    def whole_or_none(self, least: int, most: int) -> int | None:
        """A whole number, or null."""
        return None if self.value is None else self.whole(least, most)

    def _is_told(self) -> bool:
        return any(fault.path == self.path for fault in self.faults)
