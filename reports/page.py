"""Writes a report as a whole HTML page for print: own small style sheet, embedded fonts, nothing from outside."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.national import NationalReport
from reports.speech import Speech

HERE = Path(__file__).parent


def national_page(report: NationalReport, language: str) -> str:
    """The national summary in one language, ready to be made a PDF."""
    return _environment(language).get_template("national/print.html").render(report=report, language=language)


@lru_cache(maxsize=2)
def _environment(language: str) -> Environment:
    speech = Speech(language)
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(speech.catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.filters["local"] = speech.local
    style = (HERE / "styles" / "print.css").read_text("utf-8")
    environment.globals["print_style"] = Markup(style)  # noqa: S704 - our own file
    return environment
