"""The faces of a report: page, PDF, CSV, workbook and JSON, made of one content."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reports import orders, press
from reports.data.comma_separated import csv_of
from reports.data.notation import json_of
from reports.data.workbook import workbook_of
from reports.orders import Order
from reports.page import Printable, manuscript

DATA: Mapping[str, Callable[[Any, str], bytes]] = {"csv": csv_of, "xlsx": workbook_of, "json": json_of}
"""The faces that are data, and what makes each."""

FACES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
"""The faces that are files, and their media types."""


def pdf(report: Printable, language: str) -> bytes:
    """A report as PDF, made while the caller waits; PressFailed says why not."""
    return press.print_now(manuscript(report, language))


def order_pdf(report: Printable, language: str, folder: Path, *, again: bool = False) -> Order:
    """A report as PDF, made elsewhere and kept in `folder`; `again` tries anew what failed."""
    return orders.order(manuscript(report, language), folder, again=again)
