"""Whether the demonstration is loaded, and the demonstration people."""

from sqlalchemy import select

from app.db import session
from app.domain.errors import RecordNotFound
from app.models import Person
from app.services.demo.people import DOMAIN, PERSONAS, SPPC_ADDRESS, Persona


def is_demonstration_loaded() -> bool:
    """Whether there is anything in the database already."""
    return session.scalar(select(Person.id).limit(1)) is not None


def is_loading_interrupted() -> bool:
    """Whether loading was begun and not finished: the last thing it makes is the person of SPPC."""
    made = {f"lead.north-powys@{DOMAIN}", SPPC_ADDRESS}
    return len(session.scalars(select(Person.id).where(Person.email.in_(made))).all()) == 1


def personas() -> list[Persona]:
    """The invented people that a visitor can be, less those who hold no role any more."""
    people_found = (session.scalar(select(Person).filter_by(email=f"{key}@{DOMAIN}")) for key in PERSONAS)
    return [_persona(person) for person in people_found if person and person.appointments]


def find_persona(email: str) -> Person:
    """The invented person with that address; RecordNotFound for anybody who is not offered."""
    for persona in personas():
        if persona.person.email == email:
            return persona.person
    raise RecordNotFound("persona", email)


def _persona(person: Person) -> Persona:
    held = person.appointments[0]
    return Persona(person, held.role, held.cluster or held.board)
