"""Makes a tagged PDF (PDF/UA-1) of an report. Slow to import and to run: see reports.press."""

import gc
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.language_tags import languages_tagged
from reports.press import Manuscript

HERE = Path(__file__).parent
FONTS = HERE / "fonts"


class FontMissing(Exception):
    """The fonts of the reports are not there; `make install` brings them."""


class OurFilesOnly(URLFetcher):
    """Lets a report use the fonts beside it and nothing else: no other file, no other host."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """What is at a permitted address."""
        if not url.startswith(FONTS.as_uri() + "/"):
            raise FatalURLFetchingError(f"a report may not fetch {url}")
        return super().fetch(url, headers)


def render(manuscript: Manuscript) -> bytes:
    """The PDF of a report. The same manuscript makes the same bytes."""
    require_fonts()
    gc.disable()  # looking for garbage took almost a third of the time, and everything is alive
    try:
        document = HTML(string=manuscript.html, base_url=HERE.as_uri() + "/", url_fetcher=OurFilesOnly())
        with languages_tagged():
            return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
    finally:
        gc.enable()


def require_fonts() -> None:
    """FontMissing, with what to do, when a font is not there."""
    for name in ("source-sans-3-regular.ttf", "source-sans-3-semibold.ttf"):
        if not (FONTS / name).exists():
            raise FontMissing(f"{FONTS / name} is missing. Run: make install")
