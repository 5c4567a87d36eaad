"""The formats of a report: page, PDF, CSV, XLSX and JSON, all from the same content."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reports.export.csv_format import to_csv
from reports.export.json_format import to_json
from reports.export.xlsx_format import to_xlsx
from reports.page import PrintableReport, manuscript
from reports.pdf import process

from app.services.reports import pdf_jobs as orders
from app.services.reports.pdf_jobs import PdfJob

DATA: Mapping[str, Callable[[Any, str], bytes]] = {"csv": to_csv, "xlsx": to_xlsx, "json": to_json}
"""Data formats -> the function that writes a report in that format and language."""

FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""File formats -> their media types."""


def render_pdf(report: PrintableReport, language: str) -> bytes:
    """Return a report as PDF; the caller waits. Raise PdfFailed with the reason."""
    return process.render_in_process(manuscript(report, language))


def request_pdf(report: PrintableReport, language: str, folder: Path, *, again: bool = False) -> PdfJob:
    """Start or return the job that makes the PDF of a report in `folder`; `again` restarts one that failed."""
    return orders.request_pdf_job(manuscript(report, language), folder, again=again)
