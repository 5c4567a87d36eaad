"""Requests that are refused before anything else happens."""

import unicodedata
from collections.abc import Iterable
from itertools import chain

from flask import Flask, abort, request

from app.views import in_log

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LOGGED = ("RAW_URI", "HTTP_REFERER", "HTTP_USER_AGENT")
"""What gunicorn writes to its access log of a request, as it was sent."""


def init_app(app: Flask) -> None:
    """Look at every request; to be called before whatever else does."""
    app.before_request(_refuse)


def _refuse() -> None:
    """Refuse what nothing can be done with: with 404 an address, with 415 a body."""
    for name in LOGGED:
        if sent := request.environ.get(name):
            request.environ[name] = in_log(sent)
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    if _holds_control_character(chain([request.path], *request.args.items(multi=True))):
        abort(404)  # PostgreSQL refuses to be asked for a NUL, and no address of ours holds any of them
    if changes and _has_body() and request.mimetype not in FORMS:
        abort(415)


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def _holds_control_character(texts: Iterable[str]) -> bool:
    return any(unicodedata.category(sign) == "Cc" for text in texts for sign in text)
