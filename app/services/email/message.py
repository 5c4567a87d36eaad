"""What an e-mail consists of, and the address of a page in its reader's language."""

from dataclasses import dataclass

from app.models import Person


@dataclass(frozen=True)
class RenderedEmail:
    """An e-mail to one person."""

    to: str
    subject: str
    body: str


def start_page_address(address: str, person: Person) -> str:
    """The start page of the site at `address`, in the language of a person."""
    return f"{address}/{person.language}/"
