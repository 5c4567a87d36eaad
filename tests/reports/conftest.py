"""Fixtures for reports of the demonstration's past cycle, each made once for all tests."""

import fcntl
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.page import manuscript
from reports.pdf.process import PdfInput, render_in_process

from app import create_app
from app.domain.reports.report_key import ReportKey
from app.services.cycle.queries import find_cycle
from app.services.reflection.queries import find_reflection
from app.services.reports.builders.national import build_national_report
from app.services.reports.catalogue import build_report
from app.services.reports.snapshots import ReportInput, draft_report_input
from app.services.workshop.pack import build_workshop_pack
from tests.support.application import settings
from tests.support.report_reviews import review_report


@pytest.fixture(scope="session")
def print_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[PdfInput], bytes]:
    """Return a function that makes the PDF of an input once for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "printed"
    folder.mkdir(exist_ok=True)

    def once(given: PdfInput) -> bytes:
        path = folder / f"{hashlib.sha256(given.written()).hexdigest()}.pdf"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_bytes(render_in_process(given))
        return path.read_bytes()

    return once


@pytest.fixture(scope="session")
def made_of(demo_database: Path) -> ReportInput:
    """Return the input of the reports of the past cycle."""
    with create_app(settings(demo_database.parent)).app_context():
        return draft_report_input(find_cycle(2024), minimum_group=5)


@pytest.fixture(scope="session")
def report(made_of):
    """Return the national report."""
    return build_national_report(made_of)


@pytest.fixture(scope="session")
def pdfs(report, print_once) -> dict[str, bytes]:
    """Return language -> the national report as PDF."""
    return {language: print_once(manuscript(report, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def pack(demo_database: Path):
    """Return a workshop pack."""
    with create_app(settings(demo_database.parent)).app_context():
        return build_workshop_pack(find_reflection(2026, "north-powys"))


@pytest.fixture(scope="session")
def packs_printed(pack, print_once) -> dict[str, bytes]:
    """Return language -> the workshop pack as PDF."""
    return {language: print_once(manuscript(pack, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def places_printed(made_of, print_once) -> dict[str, bytes]:
    """Return kind -> the PDF in Welsh, for a cluster and for both editions of a board."""
    keys = [ReportKey("cluster", "north-powys"), ReportKey("board", "7A1"), ReportKey("board-inside", "7A1")]
    return {key.kind: print_once(manuscript(build_report(made_of, key), "cy")) for key in keys}


@pytest.fixture(scope="session")
def reviews_printed(print_once) -> dict[str, bytes]:
    """Return language -> the report of one peer review as PDF."""
    return {language: print_once(manuscript(review_report(), language)) for language in ("en", "cy")}
