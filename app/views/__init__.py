"""The journeys, one blueprint each, and what all of them share: the clock, who is writing, the way to sign in."""

import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask_login import current_user

from app.forms.submitted_fields import submitted_fields, submitted_texts
from app.i18n import LANGUAGES, language
from app.services.database.schema import is_schema_current
from app.services.reports.pdf_jobs import PdfJob, PdfJobState
from app.services.saving.author_token import author_of_token, author_token
from app.services.saving.commands import discard_stashed_form, stash_form
from config import Settings


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
    """What somebody sent, such as an address, as it may stand in a log: on one line, and signing nobody in."""
    return re.sub(r"(/sign-in/+)[^/?]+", r"\1TOKEN", unquote(sent)).encode("unicode_escape").decode()


def author_token_field() -> str:
    """The signed word for who is writing, see app.services.saving.commands; "" when nobody is signed in."""
    return author_token(current_user, settings().keys, now()) if current_user.is_authenticated else ""


def discard_stashed(kept: int | None) -> None:
    """Forget what was kept of a form, if anything was: it is saved now."""
    if kept:
        discard_stashed_form(current_user, kept)


def ask_to_sign_in() -> Any:
    """Send somebody to the sign-in page, and remember where they wanted to go.

    What somebody typed while their session ended is shown once more to be copied; it is also kept for them
    where it can be given back: in a form with the field `kept`.
    """
    if request.accept_mimetypes.best == "application/json":  # a script asks: it keeps the words and asks again
        return {"state": "signed out"}, 401
    texts = submitted_texts()
    if request.method == "GET" or texts:
        session["wanted"] = request.full_path.rstrip("?")
    if not texts:
        return redirect(url_for("account.sign_in"))
    writer = author_of_token(request.form.get("pen", ""), settings().keys, now())
    is_kept = (
        writer is not None and "kept" in request.form and stash_form(writer, page_address(), submitted_fields(), now())
    )
    return render_template("errors/401.html", typed=texts, is_kept=is_kept), 401


def pdf_response(ordered: PdfJob, *, name: str, back: str, back_to: str) -> Any:
    """A PDF that was ordered from the press; until it is ready, a page that looks again by itself."""
    if ordered.stage is PdfJobState.READY:
        return send_file(ordered.path, "application/pdf", download_name=name)
    failed = ordered.stage is PdfJobState.FAILED
    return render_template("preparing.html", failed=failed, back=back, back_to=back_to), 500 if failed else 202


def init_app(app: Flask) -> None:
    """Answer nothing before the database is ready."""
    app.before_request(_require_tables)


def register_blueprint(app: Flask, journey: Blueprint) -> None:
    """Attach a journey under /en/ and /cy/."""
    spoken = ", ".join(LANGUAGES)
    app.register_blueprint(journey, url_prefix=f"/<any({spoken}):language>{journey.url_prefix or ''}")


def _require_tables() -> Response | None:
    if request.endpoint == "static" or is_schema_current():
        return None
    return Response(
        "The database is not ready. Run: flask --app wsgi data upgrade\n"
        "Nid yw'r gronfa ddata yn barod. Rhedwch: flask --app wsgi data upgrade\n",
        status=503,
        mimetype="text/plain",
    )


@lru_cache(maxsize=64)
def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else ""
