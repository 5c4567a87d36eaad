"""The product with all its pages read before gunicorn copies it to its workers: tests need not wait for each again."""

from wsgi import app

__all__ = ["app"]

for name in app.jinja_env.list_templates(["html"]):
    app.jinja_env.get_template(name)
