"""Names of people: which are valid, and the one form in which they are stored."""

from app.domain.errors import InvalidValue
from app.domain.text import normalise_text

LONGEST_PERSON_NAME = 200


def checked_person_name(name: str) -> str:
    """Return the name on one line; InvalidValue when nothing of it is visible or it is too long."""
    stored = " ".join(normalise_text(name).split())
    if not any(sign.isalnum() for sign in stored) or len(stored) > LONGEST_PERSON_NAME:
        raise InvalidValue("name", name)
    return stored
