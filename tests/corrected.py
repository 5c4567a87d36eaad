"""Clusters of the demonstration that submit other answers after publication, and a later cycle that counted them."""

from datetime import datetime

from sqlalchemy import select

from app.db import session, transaction
from app.domain.versions import PendingSave
from app.models import Cycle, Person
from app.services import cycles, publishing, recording, reflections
from app.services.publishing import Said
from tests.conftest import NOW

MANY = 20
"""So many clusters of several boards that their changes tell of no few, also to the officers of one board."""


def change_levels(count: int, year: int = 2026, now: datetime = NOW) -> None:
    """Let some clusters of a cycle change a level and submit again, at a moment when it was open."""
    standing = [each for each in reflections.of_cycle(year) if each.standing][:count]
    by = session.scalars(select(Person).filter_by(email="staff@example.wales")).one()
    for reflection in standing:
        recording.reopen(reflection, by, "To correct it.", now)
        before = reflections.newest_answer(reflection, "PCMW-01")
        other = "mature" if before.content["level"] != "mature" else "foundation"
        draft = PendingSave("PCMW-01", {**before.content, "level": other}, before.version, "en")
        recording.save(reflection, draft, by, now)
        recording.submit(reflection, by, now, confirm=False)


def publish_later(by: Person) -> Cycle:
    """A cycle of 2027 whose reports count what was said in 2026; nobody has submitted in it yet."""
    later = cycles.open_cycle(2027, NOW.date(), NOW.date())
    with transaction():
        session.add(publishing._publication(publishing.draft(later, 5), by, NOW, Said("")))
    return later
