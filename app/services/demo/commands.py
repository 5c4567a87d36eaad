"""Load the demonstration into an empty database."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from surveys.schema import LANGUAGES, Item

from app.db import session, transaction
from app.domain.people.roles import Role
from app.domain.reflection.answers import Content
from app.models import Answer, Cluster, HealthBoard, Person, Reflection
from app.services.cycle.commands import open_cycle
from app.services.cycle.queries import find_cycle
from app.services.demo.answers import INVENTED
from app.services.demo.peer_review import load_past, load_present
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

DOMAIN = "example.wales"

PERSONAS = (
    *("lead.north-powys", "deputy.north-powys", "member.north-powys", "nurse.north-powys"),
    *("lead.rhondda", "member.rhondda", "officer.7a7", "sppc"),
)
"""The people that a visitor can be: every kind of person, and in two clusters more than one."""

MEMBERS = (
    ("member.north-powys", "Megan Member", "north-powys", "community_pharmacy"),
    ("nurse.north-powys", "Nia Nurse", "north-powys", "community_nursing"),
    ("optometrist.north-powys", "Owen Optometrist", "north-powys", "optometry"),
    ("dentist.north-powys", "Delyth Dentist", "north-powys", "dentistry"),
    ("therapist.north-powys", "Tomos Therapist", "north-powys", "allied_health_professions"),
    ("council.north-powys", "Catrin Council", "north-powys", "social_care"),
    ("volunteer.north-powys", "Vaughan Volunteer", "north-powys", "third_sector"),
    ("member.rhondda", "Rhian Member", "rhondda", "community_pharmacy"),
    ("nurse.rhondda", "Nerys Nurse", "rhondda", "community_nursing"),
    ("doctor.rhondda", "Dafydd Doctor", "rhondda", "general_practice"),
    ("volunteer.rhondda", "Vera Volunteer", "rhondda", "third_sector"),
)
"""Invented members: address, name, cluster, professional group."""

BEGINS = date(2026, 10, 1)

ANSWERED_WITHIN = timedelta(days=46)
"""The first day of the present cycle and how long it is answered for; loaded before that is over, it is dated back."""


@dataclass(frozen=True)
class Persona:
    """An invented person to be, and what they are there to show."""

    person: Person
    role: Role
    place: Any


def load_demonstration(today: date) -> None:
    """Fill an empty database: places, people, the past cycle and the present one, open on `today` and half way."""
    load_organisations()
    _invite_everybody()
    chance = random.Random(SEED)  # noqa: S311 - invented data, not a secret
    begins = min(BEGINS, today - ANSWERED_WITHIN)
    begun = datetime.combine(begins, time(9), UTC)
    _past_cycle(chance)
    _present_cycle(chance, begins, today)
    shown_around = find_reflection(PRESENT, "north-powys")
    load_demonstration_ratings(shown_around, chance, begun + timedelta(days=4))
    load_past(find_cycle(PAST), chance, _person("staff"))
    load_demonstration_themes(find_cycle(PAST), _person("staff"), datetime(2024, 6, 17, 9, tzinfo=UTC))
    load_present(find_cycle(PRESENT), chance, begun + timedelta(days=5))
    _publish_the_past()
    invite_person(Invitation(f"sppc@{DOMAIN}", "Sioned Prys", Role.SPPC, language="cy"), address=None)


def _invite_everybody() -> None:
    invitations = [
        Invitation(f"officer.{code.lower()}@{DOMAIN}", f"Officer, {name}", Role.OFFICER, code)
        for code, name in session.execute(
            select(HealthBoard.ods_code, HealthBoard.short_en).order_by(HealthBoard.ods_code)
        )
    ]
    invitations += [
        Invitation(f"lead.{code}@{DOMAIN}", f"Lead, {name}", Role.LEAD, code, professional_group="general_practice")
        for code, name in session.execute(select(Cluster.code, Cluster.name_en).order_by(Cluster.code))
    ]
    invitations.append(Invitation(f"staff@{DOMAIN}", "Steffan Staff", Role.SPPC))
    invitations.append(Invitation(f"deputy.north-powys@{DOMAIN}", "Dewi Deputy", Role.DEPUTY, "north-powys"))
    invitations += [
        Invitation(f"{who}@{DOMAIN}", name, Role.MEMBER, cluster, professional_group=group)
        for who, name, cluster, group in MEMBERS
    ]
    for invitation in invitations:
        invite_person(invitation, address=None)


def _past_cycle(chance: random.Random) -> None:
    cycle = open_cycle(PAST, date(2024, 4, 1), date(2024, 5, 31), synthetic=True)
    everyone = reflections_of_cycle(cycle.year)
    shown_around = next(each for each in everyone if each.cluster.code == "north-powys")
    others = [each for each in everyone if each is not shown_around]
    answering = [shown_around, *chance.sample(others, SUBMITTED_IN_THE_PAST - 1)]
    for reflection in everyone:
        if reflection in answering:
            when = datetime(2024, 4, 2, 10, tzinfo=UTC) + timedelta(days=chance.randrange(55))
            _answer(reflection, chance, when, share=1.0)
            _submit(reflection, when + timedelta(hours=3))


def _present_cycle(chance: random.Random, begins: date, today: date) -> None:
    closes = max(date(2027, 3, 31), today + timedelta(days=60))
    cycle = open_cycle(PRESENT, begins, closes, synthetic=True)
    for reflection in reflections_of_cycle(cycle.year):
        stage = "half" if reflection.cluster.code == "north-powys" else chance.choice(("none", "half", "all"))
        when = datetime.combine(begins, time(9), UTC) + timedelta(days=4 + chance.randrange(40))
        if stage != "none":
            _answer(reflection, chance, when, share=1.0 if stage == "all" else chance.uniform(0.2, 0.8))
        if stage == "all":
            _submit(reflection, when + timedelta(hours=3))


def _submit(reflection: Reflection, when: datetime) -> None:
    """About two in three agree to be compared; a chance of their own, so that the answers stay as they were."""
    chance = random.Random(f"{SEED} {reflection.cycle_year} {reflection.cluster.code}")  # noqa: S311 - invented data
    submit_reflection(reflection, _lead(reflection), when, compares=chance.random() < 2 / 3, confirm=False)


def _publish_the_past() -> None:
    """Publish the past cycle, so that there is something to read for everyone."""
    past, minimum = find_cycle(PAST), Settings.minimum_group
    said = PublicationStatement(load_publication_draft(past, minimum).hash)
    publish_reports(past, _person("staff"), datetime(2024, 12, 3, 9, tzinfo=UTC), minimum, said)


def _lead(reflection: Reflection) -> Person:
    return _person(f"lead.{reflection.cluster.code}")


def _person(key: str) -> Person:
    return session.scalars(select(Person).filter_by(email=f"{key}@{DOMAIN}")).one()


def _answer(reflection: Reflection, chance: random.Random, when: datetime, share: float) -> None:
    """Answer the first `share` of the items."""
    questionnaire = questionnaire_of(reflection.cycle)
    items = list(questionnaire.items.values())
    lead, language = _lead(reflection), chance.choice(LANGUAGES)
    answers: dict[str, Content] = {}
    with transaction():
        for minute, item in enumerate(items[: max(1, round(len(items) * share))]):
            answers[item.code] = INVENTED[item.kind](item, chance, language, answers)
            if reflection.cycle_year == PAST:
                said = answers[item.code]
                answers[item.code] = with_invented_text(item.code, said, reflection.cluster.code, language)
            at = when + timedelta(minutes=minute)
            session.add(_first_version(reflection, item, answers[item.code], language, at, lead))


def _first_version(
    reflection: Reflection, item: Item, content: Content, language: str, at: datetime, by: Person
) -> Answer:
    return Answer(
        reflection_id=reflection.id,
        item=item.code,
        version=1,
        content=dict(content),
        language=language,
        saved_at=at,
        saved_by_id=by.id,
    )
