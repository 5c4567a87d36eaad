"""Clusters of the demonstration that submit other answers after a publication, and a later cycle that counts them."""

from datetime import datetime

from sqlalchemy import select

from app.db import session, transaction
from app.domain.saving.decision import PendingSave
from app.models import Cycle, Person
from app.services.cycle.commands import open_cycle
from app.services.reflection.commands import reopen_reflection, save_answer, submit_reflection
from app.services.reflection.queries import find_newest_answer, reflections_of_cycle
from app.services.reports.commands import PublicationStatement, _publication
from app.services.reports.publication_draft import load_publication_draft
from tests.support.application import NOW

MANY = 20
"""Number of clusters to change: enough that their changes reveal nothing about few, even to officers of one board."""


def change_levels(count: int, year: int = 2026, now: datetime = NOW) -> None:
    """Let `count` clusters of a cycle change a level and submit again, at a time when it was open."""
    standing = [each for each in reflections_of_cycle(year) if each.standing][:count]
    by = session.scalars(select(Person).filter_by(email="staff@example.wales")).one()
    for reflection in standing:
        reopen_reflection(reflection, by, "To correct it.", now)
        before = find_newest_answer(reflection, "PCMW-01")
        other = "mature" if before.content["level"] != "mature" else "foundation"
        draft = PendingSave("PCMW-01", {**before.content, "level": other}, before.version, "en")
        save_answer(reflection, draft, by, now)
        submit_reflection(reflection, by, now, confirm=False)


def publish_later(by: Person) -> Cycle:
    """Open and publish a cycle of 2027 whose reports count the answers of 2026; nobody has submitted in it."""
    later = open_cycle(2027, NOW.date(), NOW.date())
    with transaction():
        session.add(_publication(load_publication_draft(later, 5), by, NOW, PublicationStatement("")))
    return later
