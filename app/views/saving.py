"""What the forms of all journeys share: who is writing, and discarding a form that was stashed."""

from flask_login import current_user

from app.services.saving.author_token import author_token
from app.services.saving.commands import discard_stashed_form
from app.views.context import now, settings


def author_token_field() -> str:
    """The signed token of who is writing, see app.services.saving.author_token; "" when nobody is signed in."""
    return author_token(current_user, settings().keys, now()) if current_user.is_authenticated else ""


def discard_stashed(kept: int | None) -> None:
    """Forget what was kept of a form, if anything was: it is saved now."""
    if kept:
        discard_stashed_form(current_user, kept)
