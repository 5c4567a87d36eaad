"""The response to a request for a PDF: the file, or a page that waits for it."""

from typing import Any

from flask import render_template, send_file

from app.services.reports.pdf_jobs import PdfJob, PdfJobState


def pdf_response(ordered: PdfJob, *, name: str, back: str, back_to: str) -> Any:
    """Return the PDF of a job; until it is ready, a page that reloads itself (202), or the failure (500)."""
    if ordered.stage is PdfJobState.READY:
        return send_file(ordered.path, "application/pdf", download_name=name)
    failed = ordered.stage is PdfJobState.FAILED
    return render_template(
        "reports/preparing_pdf.html", failed=failed, back=back, back_to=back_to
    ), 500 if failed else 202
