"""Clusters that submit free texts, more than once if needed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.db import session, transaction
from app.domain.saving.decision import PendingSave
from app.models import Answer, Cycle, Person, Submission
from app.services.cycle.queries import find_cycle
from app.services.reflection.queries import find_reflection
from app.services.themes.commands import save_coding
from app.services.themes.queries import CodedText, coded_text
from app.services.themes.texts import FreeField, find_field, find_text
from tests.support.application import NOW

YEAR = 2026
ITEM, FIELD = "PCMW-01", "evidence"


def evidence(text: str, **more: str) -> dict[str, Any]:
    """Return an answer to an outcome with this evidence."""
    return {"level": "developing", "why": "", "evidence": text, "next_step": "", "present": None} | more


def submit(cluster: str, contents: Mapping[str, Mapping[str, Any]], by: Person, language: str = "en") -> Submission:
    """Submit these answers, after reopening if needed; other answers are unchanged."""
    with transaction():
        reflection = find_reflection(YEAR, cluster)
        before = reflection.latest
        if before:
            before.reopened_at, before.reopened_by_id, before.reopened_reason = NOW, by.id, "Again."
        versions = dict(before.versions) if before else {}
        for item, content in contents.items():
            versions[item] = versions.get(item, 0) + 1
            session.add(
                Answer(
                    reflection_id=reflection.id,
                    item=item,
                    version=versions[item],
                    content=dict(content),
                    language=language,
                    saved_at=NOW,
                    saved_by_id=by.id,
                )
            )
        number = len(reflection.submissions) + 1
        submission = Submission(
            reflection=reflection,
            number=number,
            reference=f"{YEAR}-{cluster}-{number}",
            versions=versions,
            submitted_at=NOW + timedelta(minutes=number),
            submitted_by_id=by.id,
        )
        session.add(submission)
    return submission


def cycle() -> Cycle:
    return find_cycle(YEAR)


def field(item: str = ITEM, name: str = FIELD) -> FreeField:
    return find_field(cycle(), item, name)


def reading(cluster: str, of: FreeField | None = None) -> CodedText:
    """Return the text of a cluster with its coding."""
    return coded_text(find_text(cycle(), of or field(), cluster))


def code(
    cluster: str, themes: list[int], by: Person, base_version: int | None = None, of: FreeField | None = None
) -> Any:
    """Save the themes of a cluster's text, over the newest coding unless `base_version` is given."""
    read = reading(cluster, of)
    version = (read.coding.version if read.coding else 0) if base_version is None else base_version
    content = {"submission": read.free.submission.id, "themes": sorted(themes)}
    return save_coding(read.free, PendingSave(read.free.asked.item.code, content, version, "en"), by, NOW)
