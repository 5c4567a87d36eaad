"""The formats of a report: page, PDF, CSV, XLSX and JSON, made from one content."""

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
"""The faces that are data, and what makes each."""

FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""The faces that are files, and their media types."""


def render_pdf(report: PrintableReport, language: str) -> bytes:
    """A report as PDF, made while the caller waits; PressFailed says why not."""
    return process.render_in_process(manuscript(report, language))


def request_pdf(report: PrintableReport, language: str, folder: Path, *, again: bool = False) -> PdfJob:
    """Start or find the job that makes the PDF of a report in `folder`; `again` retries one that failed."""
    return orders.request_pdf_job(manuscript(report, language), folder, again=again)
