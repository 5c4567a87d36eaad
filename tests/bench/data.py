"""More demonstration data for `make bench`: three cycles with 60 clusters, seven reviews, the newest published."""

import random
from datetime import UTC, date, datetime, time, timedelta

from app.db import session, transaction
from app.domain.reflection.answers import Content
from app.models import Cycle, Reflection
from app.services.cycle.commands import open_cycle
from app.services.cycle.queries import find_cycle
from app.services.demo.answers import INVENTED
from app.services.demo.commands import PRESENT, first_version, submit_demonstration
from app.services.demo.peer_review import MEMORY, SHOWN_AROUND, nominate_clusters, write_review
from app.services.demo.people import demonstration_person, lead_of
from app.services.peer_review.allocation_commands import propose_allocation, publish_allocation
from app.services.reflection.commands import reopen_reflection
from app.services.reflection.queries import find_reflection, load_reflection, reflections_of_cycle
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.publication_draft import load_publication_draft
from config import Settings

YEAR, BETWEEN = PRESENT, 2025
SUBMITTED = datetime(YEAR, 11, 16, 9, tzinfo=UTC)
SEED = 5


def fill() -> None:
    """Submit for every cluster in the present cycle and one before it, return a round of reviews, publish the reports.

    Then reopen the cluster in which answers are saved; its submission still counts.
    """
    chance = random.Random(SEED)
    between = open_cycle(BETWEEN, date(BETWEEN, 4, 1), date(BETWEEN, 5, 31), synthetic=True)
    _submit_all(between, chance, datetime(BETWEEN, 4, 8, 9, tzinfo=UTC))
    present = find_cycle(YEAR)
    _submit_all(present, chance, SUBMITTED)
    _review_all(present, chance, SUBMITTED + timedelta(days=2))
    minimum = Settings.minimum_group
    said = PublicationStatement(load_publication_draft(present, minimum).hash)
    over = datetime.combine(present.closes + timedelta(days=1), time(9), UTC)
    publish_reports(present, demonstration_person("staff"), over, minimum, said)
    lead = demonstration_person(f"lead.{SHOWN_AROUND}")
    reopen_reflection(find_reflection(YEAR, SHOWN_AROUND), lead, "Measured", SUBMITTED)


def _submit_all(cycle: Cycle, chance: random.Random, when: datetime) -> None:
    for reflection in reflections_of_cycle(cycle.year):
        if not reflection.standing:
            _answer_the_rest(reflection, chance, when)
            submit_demonstration(reflection, when + timedelta(hours=3))


def _answer_the_rest(reflection: Reflection, chance: random.Random, when: datetime) -> None:
    shown = load_reflection(reflection, when)
    answers: dict[str, Content] = dict(shown.answers)
    lead, language = lead_of(reflection), chance.choice(("en", "cy"))
    with transaction():
        for item in shown.questionnaire.items.values():
            if item.code in answers:
                continue
            answers[item.code] = INVENTED[item.kind](item, chance, language, answers)
            session.add(first_version(reflection, item, answers[item.code], language, when, lead))


def _review_all(cycle: Cycle, chance: random.Random, when: datetime) -> None:
    """Run a whole round of peer review in the present cycle, in which six of seven boards have nominated already."""
    here = find_reflection(cycle.year, SHOWN_AROUND).board_code
    nominate_clusters(cycle, chance, when, [here])
    staff = demonstration_person("staff")
    propose_allocation(cycle, staff, when, MEMORY)
    published = publish_allocation(cycle, staff, "", when, memory=MEMORY, address=None)
    for assignment in published.assignments:
        write_review(assignment, chance, when + timedelta(days=1), is_replied=True)
