"""The product with all templates loaded before gunicorn forks its workers, so that tests are faster."""

from wsgi import app

__all__ = ["app"]

for name in app.jinja_env.list_templates(["html"]):
    app.jinja_env.get_template(name)
