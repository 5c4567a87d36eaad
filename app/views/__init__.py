"""The pages: one package and blueprint for each noun, one module for each page or group of pages."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask, Response, request

from app.forms.earlier_names import accept_earlier_names
from app.i18n import LANGUAGES
from app.services.database.schema import is_schema_current
from app.views import languages, request_checks, security_headers
from app.views.site import pages
from app.views.workshop import session

NOUNS = ("site", "accounts", "people", "cycle", "reflection", "workshop", "peer_review", "themes", "reports")


def init_app(app: Flask) -> None:
    """Register the request hooks and the blueprints on the app; the hooks run in this order."""
    request_checks.init_app(app)
    app.before_request(_require_tables)
    app.before_request(accept_earlier_names)
    languages.init_app(app)
    security_headers.init_app(app)
    _register_blueprints(app)


def _register_blueprints(app: Flask) -> None:
    """Register the pages of every noun under /en/ and /cy/, and the addresses without a language."""
    for noun in NOUNS:
        package = import_module(f"app.views.{noun}")
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)  # its views register with their blueprint
        app.register_blueprint(package.blueprint, url_prefix=f"/<any({', '.join(LANGUAGES)}):language>")
    app.register_blueprint(pages.doors)
    app.register_blueprint(session.short)


def _require_tables() -> Response | None:
    if request.endpoint == "static" or is_schema_current():
        return None
    return Response(
        "The database is not ready. Run: flask --app wsgi data upgrade\n"
        "Nid yw'r gronfa ddata yn barod. Rhedwch: flask --app wsgi data upgrade\n",
        status=503,
        mimetype="text/plain",
    )
