"""Versions of an answer grouped by who saved them without a pause."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.saving.rules import EDITING_PAUSE


class VersionRecord(Protocol):
    """A version with its time and its author."""

    saved_at: datetime
    saved_by_id: int


Version = TypeVar("Version", bound=VersionRecord)


def editing_sessions(versions: Iterable[Version]) -> list[list[Version]]:
    """Group versions (oldest first) that one person saved without a pause; return the newest group first.

    Somebody who types for half an hour leaves a hundred versions: the last of each session is what they meant.
    """
    groups: list[list[Version]] = []
    for version in versions:
        last = groups[-1][-1] if groups else None
        if last and last.saved_by_id == version.saved_by_id and version.saved_at - last.saved_at <= EDITING_PAUSE:
            groups[-1].append(version)
        else:
            groups.append([version])
    return groups[::-1]
