"""The application factory, `create_app`. The README has a map of the code."""

from contextlib import suppress
from pathlib import Path
from stat import S_ISVTX
from typing import Any

from flask import Flask
from flask_login import LoginManager
from flask_wtf.csrf import generate_csrf
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
)
from werkzeug.middleware.proxy_fix import ProxyFix

from reports.layout.colours import COLOURS

from app import cli, db, i18n, views
from app.permissions import may
from app.services.accounts.queries import find_person
from app.services.email.commands import mailer
from app.views import context, errors, languages, saving, security_headers
from config import Settings

HERE = Path(__file__).parent


class NhsTemplates(PackageLoader):
    """The components of the NHS frontend, which ask for parameters that nobody gave them."""

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002 - Jinja's name
        """One of them, in an environment where what is missing is empty."""
        return super().load(environment.overlay(undefined=ChainableUndefined), name, globals)


class App(Flask):
    """Flask with the settings of templates: a name in one of ours that nobody gave raises UndefinedError."""

    jinja_options = {  # noqa: RUF012 - Flask reads a plain dict here
        "undefined": StrictUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader(
            [
                FileSystemLoader(HERE / "templates"),
                FileSystemLoader(HERE.parent / "reports" / "templates"),
                NhsTemplates("nhsuk_frontend_jinja"),
            ]
        ),
    }


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings."""
    app = App(__name__)
    app.config.from_mapping(settings.for_flask())
    app.config["SETTINGS"] = settings
    _keep_private(settings.instance)
    db.connect(settings.database_url)
    mailer.connect(settings.mail_url, settings.mail_from)
    i18n.init_app(app)
    _know_people(app)
    _answer_requests(app, settings)
    views.init_app(app)
    errors.register(app)
    cli.register(app)
    return app


def _keep_private(folder: Path) -> None:
    """Create the folder readable by its owner only, unless it is shared by all users, such as /tmp."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.stat().st_mode & S_ISVTX:
        with suppress(PermissionError):
            folder.chmod(0o700)


def _know_people(app: Flask) -> None:
    login = LoginManager(app)
    login.user_loader(lambda identity: find_person(int(identity)))
    login.unauthorized_handler(context.ask_to_sign_in)


def _answer_requests(app: Flask, settings: Settings) -> None:
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.teardown_appcontext(lambda _error: db.session.remove())
    app.jinja_env.globals.update(
        asset=context.asset,
        colours=COLOURS,
        csrf_token=generate_csrf,
        demonstration=settings.is_demonstration,
        in_other_language=languages.in_other_language,
        language=i18n.language,
        limits=context.LIMITS,
        nonce=security_headers.nonce,
        other_language=i18n.other_language,
        author_token=saving.author_token_field,
        may=may,
    )
