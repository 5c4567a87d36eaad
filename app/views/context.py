"""Shared by views and templates: settings, the time of the request, URLs of static files, the redirect to sign in."""

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
"""Return the limits that sentences on pages state, in the units of those sentences."""


def settings() -> Settings:
    """Return the settings of this application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def now() -> datetime:
    """Return the present time in UTC, the same for the whole request; tests can set `CLOCK` in the configuration."""
    if "now" not in g:
        g.now = current_app.config.get("CLOCK", lambda: datetime.now(UTC))()
    moment: datetime = g.now
    return moment


def asset(file: str) -> str:
    """Return the URL of a static file with a hash of its content, so that browsers can cache it until it changes."""
    return url_for("static", filename=file, v=_fingerprint(Path(current_app.static_folder or "") / file))


def page_address() -> str:
    """Return the path of this page without the language; a form stashed in one language is found in the other."""
    return request.path.removeprefix(f"/{language()}")


def in_log(sent: str) -> str:
    """Return a text from a request, such as a path, on one line and without sign-in tokens, for a log."""
    return re.sub(r"(/sign-in/+)[^/?]+", r"\1TOKEN", unquote(sent)).encode("unicode_escape").decode()


def ask_to_sign_in() -> Any:
    """Redirect to the sign-in page, and remember the page to open afterwards.

    If the request has typed texts, answer 401 with a page that shows them, and stash the form if it has the field
    `stashed_form` and a valid author token. Answer a script with 401 and its state.
    """
    if request.accept_mimetypes.best == "application/json":  # autosave, which keeps the text
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
