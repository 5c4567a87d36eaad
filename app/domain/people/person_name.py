"""Names of people: what can be one, and the one way it is stored."""

from app.domain.errors import InvalidValue
from app.domain.text import normalise_text

LONGEST_PERSON_NAME = 200


def checked_person_name(name: str) -> str:
    """The name on one line; InvalidValue when nothing of it can be read or it is too long."""
    stored = " ".join(normalise_text(name).split())
    if not any(sign.isalnum() for sign in stored) or len(stored) > LONGEST_PERSON_NAME:
        raise InvalidValue("name", name)
    return stored
