"""Templates of the site fail on an undefined name; the components of the NHS frontend may use undefined names."""

import pytest
from flask import render_template, render_template_string
from jinja2 import StrictUndefined, UndefinedError

from tests.project import figures

OURS = [
    str(file.relative_to(figures.ROOT / folder))
    for folder in ("app/templates", "reports/templates")
    for file in (figures.ROOT / folder).rglob("*.html")
]


@pytest.mark.parametrize("wrong", ["{{ misspelt }}", "{% if misspelt %}{% endif %}", "{{ language.misspelt }}"])
def test_a_misspelt_name_raises(app, wrong):
    with app.test_request_context("/en/"), pytest.raises(UndefinedError, match="misspelt"):
        render_template_string(wrong)


def test_a_page_without_what_it_shows_raises(app):
    with app.test_request_context("/en/"), pytest.raises(UndefinedError, match="sentence"):
        render_template("errors/409.html", typed=())


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_templates_is_strict(app, name):
    assert app.jinja_env.get_template(name).environment.undefined is StrictUndefined


def test_a_component_of_the_nhs_may_ask_for_what_nobody_gave(app):
    link = '{% from "nhsuk/components/skip-link/macro.jinja" import skipLink %}{{ skipLink({"text": "Skip"}) }}'
    with app.test_request_context("/en/"):
        assert "Skip" in render_template_string(link)
