"""What is shown of an answer that a discussion agreed: who was present, and whether it was changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.reflection.answers import Content


@dataclass(frozen=True)
class AgreedAnswer:
    """What a discussion agreed on an outcome, and on which day."""

    content: Content
    on: date


def content_with_agreement(content: Content, saved_on: date, agreed: AgreedAnswer | None) -> Content:
    """Return the content of a version as it may be shown, with the latest agreement that is not newer than it.

    Its "present" is who was present at that agreement, None where no discussion agreed, whatever the version itself
    has. Where the version differs from what was agreed, "present" also has the days "agreed" and "changed", such as
    "2026-05-03". An answer that was changed and then changed back counts as agreed.
    """
    present = agreed.content.get("present") if agreed else None
    if agreed and present and _said(content) != _said(agreed.content):
        present = {**present, "agreed": agreed.on.isoformat(), "changed": saved_on.isoformat()}
    return content if content.get("present") == present else {**content, "present": present}


def _said(content: Content) -> Mapping[str, object]:
    return {part: value for part, value in content.items() if part != "present" and value}
