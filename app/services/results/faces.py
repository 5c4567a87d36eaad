"""The faces of a report beside its page: for now the PDF."""

from pathlib import Path

from reports import press
from reports.page import Printable, manuscript
from reports.press import Order


def pdf(report: Printable, language: str) -> bytes:
    """A report as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(manuscript(report, language))


def order_pdf(report: Printable, language: str, folder: Path, *, again: bool = False) -> Order:
    """A report as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return press.order(manuscript(report, language), folder, again=again)
