"""An e-mail ready to send, and the link to the start page in its reader's language."""

from dataclasses import dataclass

from app.models import Person


@dataclass(frozen=True)
class RenderedEmail:
    """An e-mail to one address, in plain text."""

    to: str
    subject: str
    body: str


def start_page_address(address: str, person: Person) -> str:
    """Return the URL of the start page of the site at `address`, in the person's language."""
    return f"{address}/{person.language}/"
