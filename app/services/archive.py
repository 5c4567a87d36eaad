"""The archive of what was published: every file is made once and kept byte for byte."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from reports.page import Page, page
from reports.press import Order, Stage

from app.db import session, transaction
from app.domain.report_key import ReportKey
from app.models import Publication, PublishedFile, WantedReport
from app.services.publications import frozen
from app.services.results import faces, shelf


def read_page(publication: Publication, key: ReportKey, language: str, now: datetime) -> Page:
    """A published report as a page, as it was first shown."""
    content = kept(publication, key, language, "page")
    if content is None:
        made = page(shelf.report(frozen(publication), key), language)
        content = keep(publication, key, language, "page", json.dumps(asdict(made), ensure_ascii=False).encode(), now)
    return Page(**json.loads(content))


def read_data(publication: Publication, key: ReportKey, language: str, face: str, now: datetime) -> bytes:
    """The data of a published report as "csv", "xlsx" or "json", as it was first given out."""
    content = kept(publication, key, language, face)
    if content is None:
        made = faces.DATA[face](shelf.report(frozen(publication), key), language)
        content = keep(publication, key, language, face, made, now)
    return content


def read_pdf(
    publication: Publication, key: ReportKey, language: str, folder: Path, now: datetime, *, again: bool = False
) -> bytes | Order:
    """A published report as PDF; the order, while the press makes it for the first time."""
    if content := kept(publication, key, language, "pdf"):
        return content
    ordered = faces.order_pdf(shelf.report(frozen(publication), key), language, folder, again=again)
    if ordered.stage is not Stage.READY:
        return ordered
    return keep(publication, key, language, "pdf", ordered.path.read_bytes(), now)


def face(asked: WantedReport, report: Any, language: str, face: str, now: datetime) -> bytes:
    """A face of a report as a file, made while the caller waits; PressFailed says why not.

    Of a published report it is the one that is kept, or is kept from now on.
    """
    if asked.publication and (content := kept(asked.publication, asked.key, language, face)):
        return content
    made = faces.pdf(report, language) if face == "pdf" else faces.DATA[face](report, language)
    return keep(asked.publication, asked.key, language, face, made, now) if asked.publication else made


def keep(publication: Publication, key: ReportKey, language: str, face: str, content: bytes, now: datetime) -> bytes:
    """Keep a file, unless somebody kept it in the meantime; what is kept is returned."""
    number = publication.id
    with transaction():
        standing = kept(publication, key, language, face)
        if standing is None:
            session.add(
                PublishedFile(
                    publication_id=number,
                    kind=key.kind,
                    code=key.code,
                    language=language,
                    face=face,
                    content=content,
                    made_at=now,
                )
            )
            standing = content
    return standing


def kept(publication: Publication, key: ReportKey, language: str, face: str) -> bytes | None:
    """A file of the archive; None where it was not asked for yet."""
    query = select(PublishedFile.content).filter_by(
        publication_id=publication.id, kind=key.kind, code=key.code, language=language, face=face
    )
    return session.scalar(query)
