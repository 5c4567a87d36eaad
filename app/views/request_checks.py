"""Requests that are refused before anything else happens: nothing is read for them, and no session begins or ends."""

import unicodedata
from collections.abc import Iterable
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from app.views.context import in_log, settings

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LOGGED = ("RAW_URI", "HTTP_REFERER", "HTTP_USER_AGENT")
"""What gunicorn writes to its access log of a request, as it was sent."""


def init_app(app: Flask) -> None:
    """Look at every request; to be called before whatever else does."""
    app.before_request(_refuse)


def _refuse() -> Any:
    """The answer to a request that is refused: 403, 404 or 415; None where it is not."""
    for name in LOGGED:
        if sent := request.environ.get(name):
            request.environ[name] = in_log(sent)
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if changes and _is_from_elsewhere():
        return current_app.jinja_env.get_template("errors/elsewhere.html").render(typed=()), 403
    if _holds_control_character(chain([request.path], *request.args.items(multi=True))):
        abort(404)  # PostgreSQL refuses to be asked for a NUL, and no address of ours holds any of them
    if changes and _has_body() and request.mimetype not in FORMS:
        abort(415)
    return None


def _is_from_elsewhere() -> bool:
    """Whether a page of another site sent it, as the browser says; very old ones say nothing, and are believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Without the scheme: where TLS ends in front and nobody says so, a request seems to have come without it.
    return origin is not None and urlsplit(origin).netloc not in (request.host, urlsplit(settings().base_url).netloc)


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def _holds_control_character(texts: Iterable[str]) -> bool:
    return any(unicodedata.category(sign) == "Cc" for text in texts for sign in text)
