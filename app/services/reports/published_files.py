"""The files of publications: each is made when first requested, and stored byte for byte."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from reports.page import ReportPage, page

from app.db import add_if_absent, session, transaction
from app.domain.reports.report_key import ReportKey
from app.models import Publication, PublishedFile, RequestedReport
from app.services.reports.catalogue import build_report
from app.services.reports.formats import DATA, render_pdf, request_pdf
from app.services.reports.pdf_jobs import PdfJob, PdfJobState
from app.services.reports.queries import report_input_of


def published_page(publication: Publication, key: ReportKey, language: str, now: datetime) -> ReportPage:
    """Return a published report as a page, as it was first shown."""

    def made() -> bytes:
        shown = page(build_report(report_input_of(publication), key), language)
        return json.dumps(asdict(shown), ensure_ascii=False).encode()

    return ReportPage(**json.loads(_kept_or(publication, key, language, "page", made, now)))


def published_data(publication: Publication, key: ReportKey, language: str, face: str, now: datetime) -> bytes:
    """Return a published report as "csv", "xlsx" or "json", as it was first given out."""

    def made() -> bytes:
        return DATA[face](build_report(report_input_of(publication), key), language)

    return _kept_or(publication, key, language, face, made, now)


def published_pdf(
    publication: Publication, key: ReportKey, language: str, folder: Path, now: datetime, *, again: bool = False
) -> bytes | PdfJob:
    """Return a published report as PDF, or the job that makes it; `again` restarts a job that failed."""
    content = find_file(publication, key, language, "pdf")
    if content is not None:
        return content
    ordered = request_pdf(build_report(report_input_of(publication), key), language, folder, again=again)
    if ordered.stage is not PdfJobState.READY:
        return ordered
    return store_file(publication, key, language, "pdf", ordered.path.read_bytes(), now)


def store_data_and_page(publication: Publication, key: ReportKey, language: str, now: datetime) -> None:
    """Make and store the missing formats of a report, except the PDF."""
    published_page(publication, key, language, now)
    for face in DATA:
        published_data(publication, key, language, face, now)


def report_file(asked: RequestedReport, report: Any, language: str, face: str, now: datetime) -> bytes:
    """Return a report as a file in one format; the caller waits. Raise PdfFailed.

    For a published report, return the stored file, or store the new one.
    """

    def made() -> bytes:
        return render_pdf(report, language) if face == "pdf" else DATA[face](report, language)

    return _kept_or(asked.publication, asked.key, language, face, made, now) if asked.publication else made()


def store_file(
    publication: Publication, key: ReportKey, language: str, face: str, content: bytes, now: datetime
) -> bytes:
    """Store a file unless another process has stored it first; return the stored content. Commits."""
    with transaction():
        add_if_absent(
            PublishedFile,
            publication_id=publication.id,
            kind=key.kind,
            code=key.code,
            language=language,
            face=face,
            content=content,
            made_at=now,
        )
        return find_file(publication, key, language, face) or content


def find_file(publication: Publication, key: ReportKey, language: str, face: str) -> bytes | None:
    """Return a stored file; None if it was not requested yet."""
    query = select(PublishedFile.content).filter_by(
        publication_id=publication.id, kind=key.kind, code=key.code, language=language, face=face
    )
    return session.scalar(query)


def _kept_or(
    publication: Publication, key: ReportKey, language: str, face: str, make: Callable[[], bytes], now: datetime
) -> bytes:
    """Return the stored file; make and store it if there is none."""
    content = find_file(publication, key, language, face)
    return store_file(publication, key, language, face, make(), now) if content is None else content
