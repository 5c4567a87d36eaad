"""The journeys, one blueprint each, and what all of them share: language in the address, the clock, errors."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

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
from werkzeug.datastructures import MultiDict

from reports.orders import Order, Stage

from app.forms import sent
from app.i18n import LANGUAGES, language, other_language
from app.services import accounts, keeping, upkeep
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


def in_other_language() -> str:
    """The address of this same page in the other language; it says that the person chose the language."""
    asked = MultiDict(request.args)
    asked["switch"] = other_language()
    if request.endpoint and request.view_args is not None and "language" in _expected(request.endpoint):
        page = url_for(request.endpoint, **{**request.view_args, "language": other_language()})
        return f"{page}?{urlencode(list(asked.items(multi=True)))}"
    return f"/{other_language()}/?switch={other_language()}"


def asset(file: str) -> str:
    """The address of a static file, with its fingerprint: browsers keep it until it changes."""
    return url_for("static", filename=file, v=_fingerprint(Path(current_app.static_folder or "") / file))


def page_address() -> str:
    """The address of this page without its language: what belongs to the page belongs to both."""
    return request.path.removeprefix(f"/{language()}")


def pen() -> str:
    """The signed word for who is writing, see app.services.keeping; "" when nobody is signed in."""
    return keeping.pen(current_user, settings().keys) if current_user.is_authenticated else ""


def ask_to_sign_in() -> Any:
    """Send somebody to the sign-in page, and remember where they wanted to go.

    What somebody typed while their session ended is shown once more to be copied; it is also kept for them
    where it can be given back: in a form with the field `kept`.
    """
    if request.accept_mimetypes.best == "application/json":  # a script asks: it keeps the words and asks again
        return {"state": "signed out"}, 401
    texts = sent.typed()
    if request.method == "GET" or texts:
        session["wanted"] = request.full_path.rstrip("?")
    if not texts:
        return redirect(url_for("account.sign_in"))
    writer = keeping.writer(request.form.get("pen", ""), settings().keys)
    is_kept = (
        writer is not None and "kept" in request.form and keeping.keep(writer, page_address(), sent.fields(), now())
    )
    return render_template("errors/401.html", typed=texts, is_kept=is_kept), 401


def pdf(ordered: Order, *, name: str, back: str, back_to: str) -> Any:
    """A PDF that was ordered from the press; until it is ready, a page that looks again by itself."""
    if ordered.stage is Stage.READY:
        return send_file(ordered.path, "application/pdf", download_name=name)
    failed = ordered.stage is Stage.FAILED
    return render_template("preparing.html", failed=failed, back=back, back_to=back_to), 500 if failed else 202


def init_app(app: Flask) -> None:
    """Give every page its language, its headers and the person's choice of language."""
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.before_request(_require_tables)
    app.before_request(_remember_language)
    app.after_request(_protect)


def register_journey(app: Flask, journey: Blueprint) -> None:
    """Attach a journey under /en/ and /cy/."""
    languages = ", ".join(LANGUAGES)
    app.register_blueprint(journey, url_prefix=f"/<any({languages}):language>{journey.url_prefix or ''}")


def _expected(endpoint: str) -> set[str]:
    return {name for rule in current_app.url_map.iter_rules(endpoint) for name in rule.arguments}


def _take_language(_endpoint: str | None, address: dict[str, Any] | None) -> None:
    spoken = (address or {}).pop("language", None) or request.path.split("/")[1]
    if spoken in LANGUAGES:
        g.language = spoken
    else:
        chosen = session.get("language") or request.accept_languages.best_match(LANGUAGES)
        g.language = chosen if chosen in LANGUAGES else "en"


def _give_language(endpoint: str, address: dict[str, Any]) -> None:
    if "language" not in address and "language" in _expected(endpoint):
        address["language"] = language()


def _remember_language() -> None:
    if not request.endpoint or "language" not in _expected(request.endpoint):
        return
    if session.get("language") != language():
        session["language"] = language()  # only then: two answers at once must not undo one another
    chosen = request.values.get("switch") == language()
    if chosen and current_user.is_authenticated and current_user.language != language():
        accounts.remember_language(current_user.id, language())


def _require_tables() -> tuple[str, int] | None:
    if request.endpoint == "static" or upkeep.is_current():
        return None
    return (
        "The database is not ready. Run: flask --app wsgi data upgrade\n"
        "Nid yw'r gronfa ddata yn barod. Rhedwch: flask --app wsgi data upgrade\n"
    ), 503


def _protect(response: Response) -> Response:
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self' "
        f"'nonce-{g.get('nonce', '')}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint == "static":
        lasts = response.status_code == 200 and "v" in request.args
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasts else "no-cache"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if settings().is_production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


@lru_cache(maxsize=64)
def _fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else ""
