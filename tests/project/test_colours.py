"""All colours of pages, PDFs and spreadsheets are listed once, in reports/styles/colours.css."""

import re

from reports.layout.charts import level_bar, share_bar, step_bar

from app.domain.statistics.distribution import Distribution
from app.domain.statistics.movement import Movement
from tests.project import figures

ROOT = figures.ROOT
LIST = ROOT / "reports/styles/colours.css"
SHEETS = [*(ROOT / "app/static/css").glob("*.css"), *(ROOT / "reports/styles").glob("*.css")]
TEMPLATES = [*(ROOT / "app/templates").rglob("*.html"), *(ROOT / "reports/templates").rglob("*.html")]
PYTHON = [ROOT / file for file in figures.modules()]
FUNCTIONS = "rgb|hsl|hwb|lab|lch|oklab|oklch|color|color-mix"
COLOUR = re.compile(rf"#(?:[0-9a-f]{{3,4}}){{1,2}}\b(?!\s*\{{)|\b(?:{FUNCTIONS})a?\(", re.IGNORECASE)
NAMED = re.compile(
    r"(?:color|background|border|fill|stroke|shadow)[^;{}]*[ :](?:black|white|gr[ae]y|red|green|blue|yellow)\b"
)


def listed():
    return re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", LIST.read_text("utf-8"))


def used(text):
    return set(re.findall(r"var\((--[\w-]+)\)", text))


def test_a_role_and_a_colour_stand_once():
    roles, colours = zip(*listed(), strict=True)
    assert len(set(roles)) == len(set(colours)) == len(roles) > 20


def test_no_other_file_has_a_colour():
    for file in [*SHEETS, *TEMPLATES, *PYTHON]:
        text = file.read_text("utf-8").replace("/#", "")
        found = COLOUR.findall(text) if file.resolve() != LIST else []
        assert not found, (file, found)
        assert file.suffix != ".css" or not NAMED.findall(text), file


def test_every_colour_that_is_used_is_listed():
    roles = {role for role, _colour in listed()}
    for file in [*SHEETS, *TEMPLATES, *PYTHON]:
        assert used(file.read_text("utf-8")) <= roles, file
    moves = [("foundation", "mature"), ("mature", "mature"), ("mature", "foundation")]
    bars = level_bar(Distribution(1, 1, 1)) + step_bar(Movement.of(moves)) + share_bar(1, 2)
    assert len(used(bars)) == 3 + 3 + 2
    assert used(bars) <= roles


def test_every_listed_colour_is_used():
    everything = "".join(file.read_text("utf-8") for file in [*SHEETS, *PYTHON, *TEMPLATES])
    for role, _colour in listed():
        assert f"var({role})" in everything or f'["{role.removeprefix("--")}"]' in everything, role


def test_the_site_serves_the_same_list(app):
    client = app.test_client()
    assert client.get("/static/css/colours.css", buffered=True).get_data(as_text=True) == LIST.read_text("utf-8")
    assert "css/colours.css?v=" in client.get("/en/sign-in").get_data(as_text=True)
