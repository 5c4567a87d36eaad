"""Our field macros give the same components as the package of the NHS design system."""

import pytest
from bs4 import BeautifulSoup, Tag
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.forms.fields import CheckboxesField, DropdownField, FieldChoice, MultilineField, RadiosField, SingleLineField
from app.forms.validators import RequiredAnswer

OFFERED = [FieldChoice("a", "Ay", hint="The first"), FieldChoice("b", "Bee")]


class Sample(FlaskForm):
    text = MultilineField("A text", hint="A hint", validators=[RequiredAnswer("Write it.")])
    line = SingleLineField("A line", hint="A hint", validators=[RequiredAnswer("Write it.")])
    one = RadiosField("One", hint="A hint", offered=OFFERED, validators=[RequiredAnswer("Choose one.")])
    many = CheckboxesField("Many", hint="A hint", offered=OFFERED, validators=[RequiredAnswer("Choose some.")])
    pick = DropdownField("Pick", offered=OFFERED, validators=[RequiredAnswer("Pick one.")])


def items(**more):
    return [{"value": c.value, "text": c.label, "hint": {"text": c.hint} if c.hint else None, **more} for c in OFFERED]


def expected(name: str, error: str | None) -> tuple[str, dict]:
    shared = {
        "name": name,
        "id": name,
        "idPrefix": name,
        "hint": {"text": "A hint"},
        "errorMessage": {"text": error} if error else None,
    }
    label = {
        "text": {"text": "A text", "line": "A line", "pick": "Pick"}.get(name),
        "size": "s" if name == "pick" else "m",
    }
    legend = {"legend": {"text": {"one": "One", "many": "Many"}.get(name), "size": "m"}}
    return {
        "text": ("textarea", {**shared, "label": label}),
        "line": ("input", {**shared, "label": label, "type": "text", "value": ""}),
        "one": ("radios", {**shared, "id": None, "fieldset": legend, "items": items()}),
        "many": ("checkboxes", {**shared, "id": None, "fieldset": legend, "items": items()}),
        "pick": (
            "select",
            {
                **shared,
                "hint": None,
                "label": label,
                "items": [{"value": "", "text": "Choose from the list"}, *items()],
            },
        ),
    }[name]


def shape(html: str) -> list:
    """Return the tags with their attributes and texts, without what we add on purpose."""

    def of(tag: Tag) -> tuple:
        attributes = {key: value for key, value in tag.attrs.items() if key != "dir"}
        words = " ".join(" ".join(tag.find_all(string=True, recursive=False)).split())
        return tag.name, attributes, words, [of(child) for child in tag.find_all(recursive=False)]

    return [of(tag) for tag in BeautifulSoup(html, "lxml").body.find_all(recursive=False)]


@pytest.mark.parametrize("error", [False, True], ids=["plain", "with error"])
@pytest.mark.parametrize("name", ["text", "line", "one", "many", "pick"])
def test_our_component_is_the_packages_component(app, name, error):
    with app.test_request_context("/en/", method="POST"):
        form = Sample(MultiDict())
        if error:
            form.validate()
        field = form[name]
        component, parameters = expected(name, field.errors[0] if error else None)
        template = app.jinja_env.get_template(f"nhsuk/components/{component}/macro.jinja").module
        assert shape(field()) == shape(getattr(template, component)(parameters))
