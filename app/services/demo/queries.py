"""Queries for the demonstration: whether it is loaded, and the people to sign in as."""

from sqlalchemy import select

from app.db import session
from app.domain.errors import RecordNotFound
from app.models import Person
from app.services.demo.people import DOMAIN, PERSONAS, SPPC_ADDRESS, Persona


def is_demonstration_loaded() -> bool:
    """Return whether there is any person in the database, invented or not."""
    return session.scalar(select(Person.id).limit(1)) is not None


def is_loading_interrupted() -> bool:
    """Return whether loading has begun and not finished; the SPPC person is stored last."""
    made = {f"lead.north-powys@{DOMAIN}", SPPC_ADDRESS}
    return len(session.scalars(select(Person.id).where(Person.email.in_(made))).all()) == 1


def personas() -> list[Persona]:
    """Return the invented people that a visitor can sign in as; those without a role are left out."""
    people_found = (session.scalar(select(Person).filter_by(email=f"{key}@{DOMAIN}")) for key in PERSONAS)
    return [_persona(person) for person in people_found if person and person.appointments]


def find_persona(email: str) -> Person:
    """Return the invented person with that address; raise RecordNotFound if `personas` does not have them."""
    for persona in personas():
        if persona.person.email == email:
            return persona.person
    raise RecordNotFound("persona", email)


def _persona(person: Person) -> Persona:
    held = person.appointments[0]
    return Persona(person, held.role, held.cluster or held.board)
