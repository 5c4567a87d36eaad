"""Load the demonstration into an empty database; tests and benchmarks use parts of it."""

import random
from datetime import UTC, date, datetime, time, timedelta

from surveys.schema import LANGUAGES, Item

from app.db import session, transaction
from app.domain.people.roles import Role
from app.domain.reflection.answers import Content
from app.models import Answer, Person, Reflection
from app.services.cycle.commands import open_cycle
from app.services.cycle.queries import find_cycle
from app.services.demo.answers import INVENTED
from app.services.demo.peer_review import load_past, load_present
from app.services.demo.people import SPPC_ADDRESS, demonstration_person, invite_demonstration_people, lead_of
from app.services.demo.private_ratings import load_demonstration_ratings
from app.services.demo.themes import load_demonstration_themes, with_invented_text
from app.services.organisations.commands import load_organisations
from app.services.people.commands import Invitation, invite_person
from app.services.reflection.commands import submit_reflection
from app.services.reflection.queries import find_reflection, reflections_of_cycle
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.publication_draft import load_publication_draft
from app.services.survey.queries import questionnaire_of
from config import Settings

PAST, PRESENT = 2024, 2026

SUBMITTED_IN_THE_PAST = 46

SEED = 2024

BEGINS = date(2026, 10, 1)

ANSWERED_WITHIN = timedelta(days=46)
"""BEGINS is the first day of the present cycle, and clusters answer for ANSWERED_WITHIN; if it is loaded before
all those days have passed, the cycle begins earlier."""


def load_demonstration(today: date) -> None:
    """Fill an empty database: organisations, people, the past cycle, and the present one, partly answered by `today`.

    Commits after each part; the SPPC person is invited last, see `is_loading_interrupted`.
    """
    load_organisations()
    invite_demonstration_people()
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    begins = min(BEGINS, today - ANSWERED_WITHIN)
    begun = datetime.combine(begins, time(9), UTC)
    _past_cycle(chance)
    _present_cycle(chance, begins, today)
    shown_around = find_reflection(PRESENT, "north-powys")
    load_demonstration_ratings(shown_around, chance, begun + timedelta(days=4))
    load_past(find_cycle(PAST), chance, demonstration_person("staff"))
    load_demonstration_themes(find_cycle(PAST), demonstration_person("staff"), datetime(2024, 6, 17, 9, tzinfo=UTC))
    load_present(find_cycle(PRESENT), chance, begun + timedelta(days=5))
    _publish_the_past()
    invite_person(Invitation(SPPC_ADDRESS, "Sioned Prys", Role.SPPC, language="cy"), address=None)


def _past_cycle(chance: random.Random) -> None:
    cycle = open_cycle(PAST, date(2024, 4, 1), date(2024, 5, 31), synthetic=True)
    everyone = reflections_of_cycle(cycle.year)
    shown_around = next(each for each in everyone if each.cluster.code == "north-powys")
    others = [each for each in everyone if each is not shown_around]
    answering = [shown_around, *chance.sample(others, SUBMITTED_IN_THE_PAST - 1)]
    for reflection in everyone:
        if reflection in answering:
            when = datetime(2024, 4, 2, 10, tzinfo=UTC) + timedelta(days=chance.randrange(55))
            answer_reflection(reflection, chance, when, share=1.0)
            submit_demonstration(reflection, when + timedelta(hours=3))


def _present_cycle(chance: random.Random, begins: date, today: date) -> None:
    closes = max(date(2027, 3, 31), today + timedelta(days=60))
    cycle = open_cycle(PRESENT, begins, closes, synthetic=True)
    for reflection in reflections_of_cycle(cycle.year):
        stage = "half" if reflection.cluster.code == "north-powys" else chance.choice(("none", "half", "all"))
        when = datetime.combine(begins, time(9), UTC) + timedelta(days=4 + chance.randrange(40))
        if stage != "none":
            answer_reflection(reflection, chance, when, share=1.0 if stage == "all" else chance.uniform(0.2, 0.8))
        if stage == "all":
            submit_demonstration(reflection, when + timedelta(hours=3))


def submit_demonstration(reflection: Reflection, when: datetime) -> None:
    """Submit a reflection as its lead; about two in three agree to be compared."""
    # A generator of its own, so that it does not change the numbers drawn for the answers.
    chance = random.Random(f"{SEED} {reflection.cycle_year} {reflection.cluster.code}")  # noqa: S311 - invented data
    submit_reflection(reflection, lead_of(reflection), when, compares=chance.random() < 2 / 3, confirm=False)


def _publish_the_past() -> None:
    """Publish the reports of the past cycle."""
    past, minimum = find_cycle(PAST), Settings.minimum_group
    said = PublicationStatement(load_publication_draft(past, minimum).hash)
    publish_reports(past, demonstration_person("staff"), datetime(2024, 12, 3, 9, tzinfo=UTC), minimum, said)


def answer_reflection(reflection: Reflection, chance: random.Random, when: datetime, share: float) -> None:
    """Answer the first `share` (0 to 1) of the items as the lead, one a minute from `when` on; commits once."""
    questionnaire = questionnaire_of(reflection.cycle)
    items = list(questionnaire.items.values())
    lead, language = lead_of(reflection), chance.choice(LANGUAGES)
    answers: dict[str, Content] = {}
    with transaction():
        for minute, item in enumerate(items[: max(1, round(len(items) * share))]):
            answers[item.code] = INVENTED[item.kind](item, chance, language, answers)
            if reflection.cycle_year == PAST:
                said = answers[item.code]
                answers[item.code] = with_invented_text(item, said, reflection.cluster.code, language)
            at = when + timedelta(minutes=minute)
            session.add(first_version(reflection, item, answers[item.code], language, at, lead))


def first_version(
    reflection: Reflection, item: Item, content: Content, language: str, at: datetime, by: Person
) -> Answer:
    """Return the first version of an answer, not yet added to the database."""
    return Answer(
        reflection_id=reflection.id,
        item=item.code,
        version=1,
        content=dict(content),
        language=language,
        saved_at=at,
        saved_by_id=by.id,
    )
