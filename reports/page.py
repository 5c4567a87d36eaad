"""Writes a report as a whole HTML page for print: own small style sheet, embedded fonts, nothing from outside."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.national import NationalReport
from reports.pack import WorkshopPack
from reports.peer import PeerReport
from reports.speech import Speech

HERE = Path(__file__).parent


def national_page(report: NationalReport, language: str) -> str:
    """The national summary in one language, ready to be made a PDF."""
    return _page("national/print.html", report, language, "print.css")


def pack_page(pack: WorkshopPack, language: str) -> str:
    """The workshop pack in one language, ready to be made a PDF."""
    return _page("pack/print.html", pack, language, "print.css", "pack.css")


def peer_page(report: PeerReport, language: str) -> str:
    """The report of one peer review in one language, ready to be made a PDF."""
    return _page("peer/print.html", report, language, "print.css")


def _page(template: str, report: NationalReport | WorkshopPack | PeerReport, language: str, *styles: str) -> str:
    style = "".join((HERE / "styles" / name).read_text("utf-8") for name in styles)
    page = _environment(language).get_template(template)
    return page.render(report=report, language=language, print_style=Markup(style))  # noqa: S704 - our own files


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
    environment.filters["day"] = speech.day
    return environment
