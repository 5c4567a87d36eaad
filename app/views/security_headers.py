"""Security headers of every response: no other hosts, no inline code, no frames, no caching of pages."""

import secrets

from flask import Flask, Response, current_app, g, request


def init_app(app: Flask) -> None:
    """Add the headers to every response."""
    app.after_request(_protect)


def nonce() -> str:
    """Return the nonce of this response, which lets the style element of a report page be applied."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def _protect(response: Response) -> Response:
    styles = f"'self' 'nonce-{g.nonce}'" if "nonce" in g else "'self'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src 'self'; style-src {styles}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    # A page with a sign-in token in its URL must not send that URL as referrer.
    referrer = "strict-origin" if request.endpoint == "accounts.confirm_sign_in" else "same-origin"
    response.headers.setdefault("Referrer-Policy", referrer)
    if request.endpoint == "static":
        lasts = response.status_code == 200 and "v" in request.args
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasts else "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"  # files too, which Flask would allow to be cached
    if current_app.config["SETTINGS"].is_production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
