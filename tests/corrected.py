"""Clusters of the demonstration that submit other answers, so that there is something to correct."""

from sqlalchemy import select

from app.db import session
from app.domain.versions import Draft
from app.models import Person
from app.services import recording, reflections
from tests.conftest import NOW

MANY = 20
"""So many clusters of several boards that their changes tell of no few, also to the officers of one board."""


def change_levels(count: int) -> None:
    """Let some clusters of this cycle change a level and submit again."""
    standing = [each for each in reflections.of_cycle(2026) if each.standing][:count]
    by = session.scalars(select(Person).filter_by(email="staff@example.wales")).one()
    for reflection in standing:
        recording.reopen(reflection, by, "To correct it.", NOW)
        before = reflections.newest_answer(reflection, "PCMW-01")
        other = "mature" if before.content["level"] != "mature" else "foundation"
        draft = Draft("PCMW-01", {**before.content, "level": other}, before.version, "en")
        recording.save(reflection, draft, by, NOW)
        recording.submit(reflection, by, NOW, confirm=False)
