"""Writes a report as the manuscript of its PDF: an HTML page with its own style and fonts, nothing from outside."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.national import NationalReport
from reports.pack import WorkshopPack
from reports.peer import PeerReport
from reports.press import Manuscript
from reports.speech import Speech

HERE = Path(__file__).parent


def national_page(report: NationalReport, language: str) -> Manuscript:
    """The national summary in one language, ready to be made a PDF."""
    return _page("national/print.html", report, language, "print.css")


def pack_page(pack: WorkshopPack, language: str) -> Manuscript:
    """The workshop pack in one language, ready to be made a PDF."""
    return _page("pack/print.html", pack, language, "print.css", "pack.css")


def peer_page(report: PeerReport, language: str) -> Manuscript:
    """The report of one peer review in one language, ready to be made a PDF."""
    return _page("peer/print.html", report, language, "print.css")


def _page(template: str, report: NationalReport | WorkshopPack | PeerReport, language: str, *styles: str) -> Manuscript:
    style = "".join((HERE / "styles" / name).read_text("utf-8") for name in styles)
    page = _environment(language).get_template(template)
    print_style = Markup(style)  # noqa: S704 - our own files
    return Manuscript(page.render(report=report, language=language, print_style=print_style))


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
