"""Decide what becomes of a save: a new version, nothing new, or a refusal because it would overwrite somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.domain.errors import StaleAnswer, SupersededSave


@dataclass(frozen=True)
class PendingSave:
    """What a person wants to save: content as in `app.domain.reflection.answers`, and what it was typed over.

    `client_id` names the open page whose script saves, `sequence_no` counts its saves from 1; "" and 0 without.
    """

    item: str
    content: dict[str, Any]
    #: The version that the person was shown; 0 when there was none.
    base_version: int
    language: str
    client_id: str = ""
    sequence_no: int = 0

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row to add, apart from its author and its version."""
        names = ("item", "content", "language", "client_id", "sequence_no")
        return {name: getattr(self, name) for name in names}


class SavedVersion(Protocol):
    """The newest version that was saved."""

    @property
    def version(self) -> int:
        """Its number, from 1."""

    @property
    def content(self) -> Mapping[str, Any]:
        """Its content."""

    @property
    def client_id(self) -> str:
        """The open page whose script saved it, "" where none did."""

    @property
    def sequence_no(self) -> int:
        """Which of that page's saves it was."""


class SaveDecision(StrEnum):
    """What becomes of a pending save."""

    ADD = "add"
    EMPTY = "empty"
    SAME = "same"
    SUPERSEDED = "superseded"
    STALE = "stale"


def decide_save(draft: PendingSave, saved: SavedVersion | None) -> SaveDecision:
    """Return what becomes of a pending save, given the newest version.

    A page whose script got no answer to its last save continues over its own version. A save of that page which
    arrives after a later one is SUPERSEDED.
    """
    if saved is None:
        return SaveDecision.ADD if has_content(draft.content) else SaveDecision.EMPTY
    if saved.content == draft.content:
        return SaveDecision.SAME
    if draft.client_id and saved.client_id == draft.client_id:
        return SaveDecision.ADD if draft.sequence_no > saved.sequence_no else SaveDecision.SUPERSEDED
    return SaveDecision.ADD if saved.version == draft.base_version else SaveDecision.STALE


def must_add(draft: PendingSave, saved: SavedVersion | None) -> bool:
    """Return whether a pending save adds a version; StaleAnswer or SupersededSave when it must not be saved."""
    verdict = decide_save(draft, saved)
    if verdict is SaveDecision.STALE:
        raise StaleAnswer(saved)
    if verdict is SaveDecision.SUPERSEDED:
        raise SupersededSave
    return verdict is SaveDecision.ADD


def has_content(content: Mapping[str, Any]) -> bool:
    """Return whether any part of a content is filled in; the number 0 counts as filled in."""
    return any(value or value == 0 for value in content.values())
