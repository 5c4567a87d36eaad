"""What views and templates share: settings, the time of the request, asset addresses, the way to sign in."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from flask import current_app, g, redirect, render_template, request, session, url_for

from app.domain.accounts.rules import SIGN_IN_LINK_VALID_FOR
from app.domain.peer_review.allocation.weights import Weights
from app.domain.reflection.rules import LARGEST_FILE, LONGEST_TEXT
from app.domain.saving.rules import AUTHOR_TOKEN_VALID_FOR, MAXIMUM_STASHED_BYTES, STASHED_FORM_KEPT_FOR
from app.forms.earlier_names import state_for_script
from app.forms.submitted_fields import submitted_fields, submitted_texts
from app.i18n import language
from app.services.saving.author_token import author_of_token
from app.services.saving.commands import stash_form
from config import SESSION_VALID_FOR, Settings

HOUR, DAY, MEGABYTE = timedelta(hours=1), timedelta(days=1), 1_000_000

LIMITS = SimpleNamespace(
    link_minutes=SIGN_IN_LINK_VALID_FOR // timedelta(minutes=1),
    session_hours=SESSION_VALID_FOR // HOUR,
    token_hours=AUTHOR_TOKEN_VALID_FOR // HOUR,
    stash_days=STASHED_FORM_KEPT_FOR // DAY,
    stash_megabytes=MAXIMUM_STASHED_BYTES // MEGABYTE,
    longest_text=f"{LONGEST_TEXT:,}",
    file_megabytes=LARGEST_FILE // 1024**2,
    weights=Weights(),
)
"""The limits that sentences on pages name, in the units in which they name them."""


def settings() -> Settings:
    """The settings of this application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def now() -> datetime:
    """This moment, one for the whole request; a test may set the clock."""
    if "now" not in g:
        g.now = current_app.config.get("CLOCK", lambda: datetime.now(UTC))()
    moment: datetime = g.now
    return moment


def asset(file: str) -> str:
    """The address of a static file, with its fingerprint: browsers keep it until it changes."""
    return url_for("static", filename=file, v=_fingerprint(Path(current_app.static_folder or "") / file))


def page_address() -> str:
    """The address of this page without its language: what belongs to the page belongs to both."""
    return request.path.removeprefix(f"/{language()}")


def in_log(sent: str) -> str:
    """Return text that somebody sent, such as an address, on one line and without sign-in tokens, for a log."""
    return re.sub(r"(/sign-in/+)[^/?]+", r"\1TOKEN", unquote(sent)).encode("unicode_escape").decode()


def ask_to_sign_in() -> Any:
    """Redirect to the sign-in page, and remember the page to open afterwards.

    What somebody typed while their session ended is shown once more to be copied; it is also kept for them
    where it can be given back: in a form with the field `stashed_form`.
    """
    if request.accept_mimetypes.best == "application/json":  # a script asks: it keeps the words and asks again
        return {"state": state_for_script("signed_out")}, 401
    texts = submitted_texts()
    if request.method == "GET" or texts:
        session["next_page"] = request.full_path.rstrip("?")
    if not texts:
        return redirect(url_for("accounts.sign_in"))
    writer = author_of_token(request.form.get("author_token", ""), settings().keys, now())
    is_kept = (
        writer is not None
        and "stashed_form" in request.form
        and stash_form(writer, page_address(), submitted_fields(), now())
    )
    return render_template("errors/401.html", typed=texts, is_kept=is_kept), 401


@lru_cache(maxsize=64)
def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else ""
