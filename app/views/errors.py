"""Error pages: each says what to do and shows the typed texts again; none shows a stack trace."""

import logging
from contextlib import suppress
from typing import Any

from flask import Flask, current_app, render_template, request
from werkzeug.exceptions import ClientDisconnected, HTTPException
from werkzeug.wsgi import get_input_stream

from app.domain.errors import DataDamaged, DomainError, RecordNotFound
from app.forms.submitted_fields import submitted_texts
from app.messages.peer_review import DAMAGED, NOT_DONE
from app.views.context import in_log

log = logging.getLogger(__name__)
KNOWN = (403, 404, 413)
MOST_TAKEN = 128 * 1024 * 1024
"""The most bytes of a too large request that are read and thrown away."""


def register(app: Flask) -> None:
    """Answer every error with a page in the person's language."""
    app.register_error_handler(RecordNotFound, _not_found)
    app.register_error_handler(DataDamaged, _damaged)
    for kind in NOT_DONE:
        app.register_error_handler(kind, _not_done)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_fault)


def _not_found(_error: Exception) -> tuple[str, int]:
    return _page(404), 404


def _not_done(refused: DomainError) -> tuple[str, int]:
    return render_template("errors/409.html", sentence=NOT_DONE[type(refused)], typed=submitted_texts()), 409


def _damaged(damaged: DataDamaged) -> tuple[str, int]:
    log.error("%s %s met a damaged allocation: %s", request.method, request.path, damaged)
    return render_template("errors/damaged.html", sentence=DAMAGED, typed=submitted_texts()), 500


def _http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code == 413:
        _take_the_rest()
    return _page(code if code in KNOWN else 500 if code >= 500 else 400), code


def _take_the_rest() -> None:
    """Read and discard the rest of the request, up to MOST_TAKEN: many browsers show no answer before sending all."""
    too_long = (request.content_length or 0) > (request.max_content_length or 0)
    stream = get_input_stream(request.environ) if too_long else request.stream
    taken = 0
    with suppress(ClientDisconnected):
        while taken < MOST_TAKEN and (piece := stream.read(64 * 1024)):
            taken += len(piece)


def _our_fault(_error: Exception) -> tuple[str, int]:
    log.exception("%s %s failed", in_log(request.method), in_log(request.path))
    try:
        return _page(500), 500
    except Exception:  # such as no database, which every page needs to know who is signed in
        log.exception("the error page could not be made either")
        return current_app.jinja_env.get_template("errors/500_standalone.html").render(typed=submitted_texts()), 500


def _page(code: int) -> str:
    return render_template(f"errors/{code}.html", typed=submitted_texts())
