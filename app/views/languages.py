"""The language of a page, taken from its URL, and the choice of a language, which is stored."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, session, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.i18n import LANGUAGES, language, other_language
from app.services.accounts.commands import remember_language


def init_app(app: Flask) -> None:
    """Register hooks that take the language from each URL, add it to each URL built, and store a choice."""
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.before_request(_remember_language)


def in_other_language() -> str:
    """Return the URL of this page in the other language, marked (`switch`) as a choice of the person."""
    asked = MultiDict(request.args)
    asked["switch"] = other_language()
    if request.endpoint and request.view_args is not None and "language" in _expected(request.endpoint):
        page = url_for(request.endpoint, **{**request.view_args, "language": other_language()})
        return f"{page}?{urlencode(list(asked.items(multi=True)))}"
    return f"/{other_language()}/?switch={other_language()}"


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
        session["language"] = language()  # only if changed: parallel responses could undo it
    chosen = language() in (request.form.get("switch_language"), request.args.get("switch"))
    if chosen and current_user.is_authenticated and current_user.language != language():
        remember_language(current_user.id, language())
