"""When a save adds a version, when it has been said already, and when it would overwrite somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.domain.errors import StaleAnswer, SupersededSave


@dataclass(frozen=True)
class PendingSave:
    """What a person wants to save: content as in `app.domain.reflection.answers`, and what it was typed over.

    `window` names the open page that saves by itself, `step` counts its saves from 1; "" and 0 without script.
    """

    item: str
    content: dict[str, Any]
    #: The version that the person was shown; 0 when there was none.
    over: int
    language: str
    window: str = ""
    step: int = 0

    @property
    def columns(self) -> dict[str, Any]:
        """What a row that keeps it is made of, whoever wrote it and over which version."""
        names = ("item", "content", "language", "window", "step")
        return {name: getattr(self, name) for name in names}


class SavedVersion(Protocol):
    """The newest version that was saved."""

    @property
    def version(self) -> int:
        """Its number, from 1."""

    @property
    def content(self) -> Mapping[str, Any]:
        """What it says."""

    @property
    def window(self) -> str:
        """The open page that saved it by itself, "" where none did."""

    @property
    def step(self) -> int:
        """Which of that page's saves it was."""


class SaveDecision(StrEnum):
    """What becomes of a draft."""

    ADD = "add"
    EMPTY = "empty"
    SAME = "same"
    OVERTAKEN = "overtaken"
    STALE = "stale"


def decide_save(draft: PendingSave, saved: SavedVersion | None) -> SaveDecision:
    """What becomes of a draft, given the newest version.

    A window that missed the answer to its last save goes on over its own version; a save of it that was
    held up on the way and arrives after a later one is OVERTAKEN.
    """
    if saved is None:
        return SaveDecision.ADD if has_content(draft.content) else SaveDecision.EMPTY
    if saved.content == draft.content:
        return SaveDecision.SAME
    if draft.window and saved.window == draft.window:
        return SaveDecision.ADD if draft.step > saved.step else SaveDecision.OVERTAKEN
    return SaveDecision.ADD if saved.version == draft.over else SaveDecision.STALE


def must_add(draft: PendingSave, saved: SavedVersion | None) -> bool:
    """Whether a draft says what is not saved yet; StaleAnswer or SupersededSave when it must not be saved over that."""
    verdict = decide_save(draft, saved)
    if verdict is SaveDecision.STALE:
        raise StaleAnswer(saved)
    if verdict is SaveDecision.OVERTAKEN:
        raise SupersededSave
    return verdict is SaveDecision.ADD


def has_content(content: Mapping[str, Any]) -> bool:
    """Whether any part of a content is filled in; the number 0 is."""
    return any(value or value == 0 for value in content.values())
