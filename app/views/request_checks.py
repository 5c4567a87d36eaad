"""Checks that refuse a request before anything else: without reading its body or the session."""

import unicodedata
from collections.abc import Iterable
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from app.views.context import in_log, settings

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LOGGED = ("RAW_URI", "HTTP_REFERER", "HTTP_USER_AGENT")
"""The parts of a request that gunicorn writes to its access log."""


def init_app(app: Flask) -> None:
    """Register the checks; call this before registering any other hook."""
    app.before_request(_refuse)


def _refuse() -> Any:
    """Refuse a request with 403, 404 or 415, or return None; escape what gunicorn logs of it."""
    for name in LOGGED:
        if sent := request.environ.get(name):
            request.environ[name] = in_log(sent)
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if changes and _is_from_elsewhere():
        return current_app.jinja_env.get_template("errors/elsewhere.html").render(typed=()), 403
    if _holds_control_character(chain([request.path], *request.args.items(multi=True))):
        abort(404)  # PostgreSQL refuses NUL in a query, and no URL here has control characters
    if changes and _has_body() and request.mimetype not in FORMS:
        abort(415)
    return None


def _is_from_elsewhere() -> bool:
    """Return whether a page of another site sent the request, by the headers of the browser.

    Very old browsers send neither header; their requests are accepted.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # The scheme is not compared: behind a proxy that ends TLS, a request may seem to have come by http.
    return origin is not None and urlsplit(origin).netloc not in (request.host, urlsplit(settings().base_url).netloc)


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def _holds_control_character(texts: Iterable[str]) -> bool:
    return any(unicodedata.category(sign) == "Cc" for text in texts for sign in text)
