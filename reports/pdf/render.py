"""Render a report as PDF/UA-1 and PDF/A-3a. Slow to import and to run, see reports.pdf.process."""

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from weasyprint import HTML, Attachment, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.pdf.failures import FontMissing
from reports.pdf.glyphs import replace_missing_glyphs
from reports.pdf.process import PdfInput
from reports.pdf.tagging import tag_whole_document

HERE = Path(__file__).parent
REPORTS = HERE.parent
FONTS = REPORTS / "fonts"
VARIANT = "pdf/a-3a"
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""A fixed date for the file, so that equal input makes equal bytes; the report states when its data were taken."""


class LocalFilesOnly(URLFetcher):
    """Lets a report load the fonts beside it and nothing else: no other file, no other host."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Fetch a permitted address."""
        if not url.startswith(FONTS.as_uri() + "/"):
            raise FatalURLFetchingError(f"a report may not fetch {url}")
        return super().fetch(url, headers)


def render(manuscript: PdfInput) -> bytes:
    """Return the PDF of a report; equal input makes equal bytes."""
    require_fonts()
    gc.disable()  # garbage collection took almost a third of the time, and frees nothing here
    try:
        page = HTML(
            string=replace_missing_glyphs(manuscript.html),
            base_url=REPORTS.as_uri() + "/",
            url_fetcher=LocalFilesOnly(),
        )
        document = page.render(pdf_variant=VARIANT)
        document.metadata.generate_rdf_metadata = partial(_accessible, document.metadata.generate_rdf_metadata)
        with tag_whole_document(document):
            data = _data(manuscript, page)
            return bytes(document.write_pdf(pdf_variant=VARIANT, attachments=data, finisher=_data_named_once))
    finally:
        gc.enable()


def require_fonts() -> None:
    """Raise FontMissing if a font is not there."""
    for name in ("source-sans-3-regular.ttf", "source-sans-3-semibold.ttf"):
        if not (FONTS / name).exists():
            raise FontMissing(name)


def _data(manuscript: PdfInput, page: HTML) -> list[Attachment]:
    """Return the data of the report as an attachment, described as on its page."""
    if not manuscript.data:
        return []
    said = page.etree_element.find("head/meta[@name='data']")
    return [
        Attachment(
            string=manuscript.data,
            name=manuscript.data_name,
            description="" if said is None else said.get("content"),
            created=NO_DATE,
            modified=NO_DATE,
            relationship="Data",
        )
    ]


def _data_named_once(_document: Document, pdf: Any) -> None:
    """Remove the second entry that WeasyPrint 70 writes for each PDF/A attachment."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def _accessible(generate: Callable[..., bytes], *given: Any) -> bytes:
    """Generate the PDF/A metadata, with the PDF/UA-1 identifier and the extension schema that PDF/A requires for it."""
    return generate(*given).replace(b"</rdf:RDF>", (HERE / "pdfua.xml").read_bytes() + b"</rdf:RDF>")
