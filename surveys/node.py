"""One place in a survey file: reads what stands there and notes every fault without stopping."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from surveys.faults import DataFault
from surveys.schema import LANGUAGES, BilingualText

NOTHING = BilingualText("", "")


@dataclass(frozen=True)
class Node:
    """A value of the file with its address; all nodes of one file share the list of faults."""

    value: Any
    file: str
    faults: list[DataFault]
    path: str = ""

    def fault(self, code: str, detail: object = "", known: object = "") -> None:
        """Note a fault at this place."""
        self.faults.append(DataFault(self.file, self.path, code, str(detail), str(known)))

    def expect_keys(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> bool:
        """Note what is no mapping, lacks a key or has an unknown one; true when it is a mapping."""
        if not isinstance(self.value, dict):
            self.fault("wrong_shape", "a mapping / mapio")
            return False
        for key in (key for key in required if self.value.get(key) in (None, "", [], {})):
            self.fault("missing", key)
        for key in (key for key in self.value if key not in required + optional):
            self.fault("unknown_key", key, ", ".join(required + optional))
        return True

    def child(self, key: str) -> "Node":
        """The node under a key; its value is None where there is none."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(value, self.file, self.faults, f"{self.path}.{key}" if self.path else key)

    def elements(self, key: str) -> Iterator["Node"]:
        """The nodes of the list under a key."""
        listed = self.child(key)
        if listed.value is not None and not isinstance(listed.value, list | tuple):
            listed.fault("wrong_shape", "a list / rhestr")
            return
        for position, value in enumerate(listed.value or (), start=1):
            yield Node(value, self.file, self.faults, f"{listed.path}[{position}]")

    def text(self, key: str) -> BilingualText:
        """The text under a key in both languages."""
        return self.child(key).as_text()

    def optional_text(self, key: str) -> BilingualText | None:
        """The text under a key, None where there is none."""
        return self.text(key) if self.child(key).value is not None else None

    def as_text(self) -> BilingualText:
        """This node as a text; a fault for each language that is not there."""
        if self.value is None:
            return NOTHING
        if not isinstance(self.value, dict):
            self.fault("missing_language", "en / cy")
            return NOTHING
        self.expect_keys((), LANGUAGES)
        wording = {language: self._wording(language) for language in LANGUAGES}
        return BilingualText(**wording)

    def _wording(self, language: str) -> str:
        value = self.value.get(language)
        if not isinstance(value, str) or not value.strip():
            self.fault("missing_language", language)
            return ""
        wording = " ".join(value.split())
        for sign in sorted({sign for sign in wording if category(sign).startswith("C")}):
            self.child(language).fault("unseen", f"U+{ord(sign):04X}")
        return wording

    def string(self, key: str) -> str:
        """The plain string under a key, "" where there is none."""
        value = self.child(key).value
        if value is not None and not isinstance(value, str):
            self.child(key).fault("wrong_shape", "text / testun")
        return value if isinstance(value, str) else ""

    def integer(self, key: str) -> int:
        """The whole number under a key, 0 where there is none."""
        value = self.child(key).value
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.child(key).fault("wrong_shape", "a whole number / rhif cyfan")
            return 0
        return value or 0

    def boolean(self, key: str, default: bool) -> bool:
        """The true or false under a key."""
        value = self.child(key).value
        if value is not None and not isinstance(value, bool):
            self.child(key).fault("wrong_shape", "true / false")
            return default
        return default if value is None else value

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        """The string under a key, when it is one of those known; otherwise "" and a fault."""
        value = self.string(key)
        if value and value not in known:
            self.child(key).fault("not_one_of", value, ", ".join(known))
            return ""
        return value
