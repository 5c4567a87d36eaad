"""Make the HTML input of a PDF: one page with its own styles and fonts, nothing loaded from outside."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Protocol, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import kinds
from reports.data.free_text_names import field_name
from reports.export.csv_format import to_csv
from reports.export.file_names import file_name
from reports.kinds import ReportWithData
from reports.layout.colours import with_colours
from reports.layout.provenance import Provenance
from reports.layout.translator import Translator
from reports.pdf.process import PdfInput

HERE = Path(__file__).parent


class PrintableReport(Protocol):
    """A report that can be printed: `print.html` in the folder of its templates lays it out, with these styles."""

    kind: ClassVar[str]
    #: The folder below reports/templates; the kind stands in published addresses and data and cannot follow a rename.
    templates: ClassVar[str]
    styles: ClassVar[tuple[str, ...]]


class Report(PrintableReport, Protocol):
    """A report that also has a page on the site: `title.html` and `body.html` in its template folder."""

    @property
    def imprint(self) -> Provenance:
        """Where it comes from."""

    @property
    def style_sheet(self) -> str:
        """The rules that draw its bars; empty where it has none."""


@dataclass(frozen=True)
class ReportPage:
    """A report as a page of the site shows it, below the site's own heading and above its footer."""

    #: Plain text, to be escaped where it is shown.
    title: str
    #: The rules that draw its bars; empty where it has none.
    style: str
    #: HTML from its first h2 on.
    body: str


def page(report: Report, language: str) -> ReportPage:
    """Return a report in one language as a page; equal reports make equal pages."""
    environment = _environment(language)
    title, body = (
        environment.get_template(f"{report.templates}/{part}.html").render(report=report, language=language)
        for part in ("title", "body")
    )
    return ReportPage(Markup(title.strip()).unescape(), report.style_sheet, body)  # noqa: S704 - made text again


def manuscript(report: PrintableReport, language: str) -> PdfInput:
    """Return the input of a report's PDF in one language, with its data."""
    style = "".join((HERE / "styles" / name).read_text("utf-8") for name in ("colours.css", *report.styles))
    page = _environment(language).get_template(f"{report.templates}/print.html")
    print_style = Markup(with_colours(style))  # noqa: S704 - our own files
    html = page.render(report=report, language=language, print_style=print_style)
    if not kinds.has_data(report.kind):
        return PdfInput(html)
    told = cast("ReportWithData", report)
    return PdfInput(html, to_csv(told, language), file_name(told, language, "csv"))


@lru_cache(maxsize=2)
def _environment(language: str) -> Environment:
    speech = Translator(language)
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
    environment.filters["iso_day"] = speech.iso_day
    environment.globals["field_name"] = field_name
    return environment
