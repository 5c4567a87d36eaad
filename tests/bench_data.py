"""The demonstration filled up for `make bench`: three cycles with 60 clusters, seven reviews, the newest published."""

import random
from datetime import UTC, date, datetime, time, timedelta

from app.db import session, transaction
from app.domain.answers import Content
from app.models import Cycle, Reflection
from app.services import allocating, cycles, demo, demo_answers, demo_reviews, publishing, recording, reflections
from app.services.publishing import Said
from config import Settings

YEAR, BETWEEN = demo.PRESENT, 2025
SUBMITTED = datetime(YEAR, 11, 16, 9, tzinfo=UTC)
SEED = 5


def fill() -> None:
    """Every cluster submits in the present cycle and in one between; a round of reviews is returned; it is published.

    The cluster that answers are saved in is reopened then: what it submitted goes on counting.
    """
    chance = random.Random(SEED)
    between = cycles.open_cycle(BETWEEN, date(BETWEEN, 4, 1), date(BETWEEN, 5, 31), synthetic=True)
    _submit_all(between, chance, datetime(BETWEEN, 4, 8, 9, tzinfo=UTC))
    present = cycles.find(YEAR)
    _submit_all(present, chance, SUBMITTED)
    _review_all(present, chance, SUBMITTED + timedelta(days=2))
    minimum = Settings.minimum_group
    said = Said(publishing.draft(present, minimum).hash)
    over = datetime.combine(present.closes + timedelta(days=1), time(9), UTC)
    publishing.publish(present, demo._person("staff"), over, minimum, said)
    lead = demo._person(f"lead.{demo_reviews.SHOWN_AROUND}")
    recording.reopen(reflections.find(YEAR, demo_reviews.SHOWN_AROUND), lead, "Measured", SUBMITTED)


def _submit_all(cycle: Cycle, chance: random.Random, when: datetime) -> None:
    for reflection in reflections.of_cycle(cycle.year):
        if not reflection.standing:
            _answer_the_rest(reflection, chance, when)
            demo._submit(reflection, when + timedelta(hours=3))


def _answer_the_rest(reflection: Reflection, chance: random.Random, when: datetime) -> None:
    shown = reflections.overview(reflection, when)
    answers: dict[str, Content] = dict(shown.answers)
    lead, language = demo._lead(reflection), chance.choice(("en", "cy"))
    with transaction():
        for item in shown.questionnaire.items.values():
            if item.code in answers:
                continue
            answers[item.code] = demo_answers.INVENTED[item.kind](item, chance, language, answers)
            session.add(demo._first_version(reflection, item, answers[item.code], language, when, lead))


def _review_all(cycle: Cycle, chance: random.Random, when: datetime) -> None:
    """What the demonstration does in its past cycle; six of the seven boards have nominated in the present one."""
    here = reflections.find(cycle.year, demo_reviews.SHOWN_AROUND).board_code
    demo_reviews._nominate(cycle, chance, when, [here])
    staff = demo._person("staff")
    allocating.propose(cycle, staff, when, demo_reviews.MEMORY)
    published = allocating.publish(cycle, staff, "", when, memory=demo_reviews.MEMORY, address=None)
    for allotment in published.allotments:
        demo_reviews._review(allotment, chance, when + timedelta(days=1), is_replied=True)
