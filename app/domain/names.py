"""Names of people: what can be one, and the one way it is stored."""

from app.domain.refusals import Invalid
from app.domain.typed_text import cleaned

LONGEST = 200


def checked(name: str) -> str:
    """The name on one line; Invalid when nothing of it can be read or it is too long."""
    stored = " ".join(cleaned(name).split())
    if not any(sign.isalnum() for sign in stored) or len(stored) > LONGEST:
        raise Invalid("name", name)
    return stored
