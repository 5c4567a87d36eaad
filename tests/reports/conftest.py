"""The national summary of the demonstration's past cycle, made once for all tests that read it."""

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
    """Prints a manuscript once for all workers; that it always makes the same bytes is for tests that print anew."""
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
    """What the reports of the past cycle are made from."""
    with create_app(settings(demo_database.parent)).app_context():
        return draft_report_input(find_cycle(2024), minimum_group=5)


@pytest.fixture(scope="session")
def report(made_of):
    """The content of the national summary."""
    return build_national_report(made_of)


@pytest.fixture(scope="session")
def pdfs(report, print_once) -> dict[str, bytes]:
    """Language -> the national summary as PDF."""
    return {language: print_once(manuscript(report, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def pack(demo_database: Path):
    """The content of a workshop pack."""
    with create_app(settings(demo_database.parent)).app_context():
        return build_workshop_pack(find_reflection(2026, "north-powys"))


@pytest.fixture(scope="session")
def packs_printed(pack, print_once) -> dict[str, bytes]:
    """Language -> the workshop pack as PDF."""
    return {language: print_once(manuscript(pack, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def places_printed(made_of, print_once) -> dict[str, bytes]:
    """Kind -> the report of a cluster, and both editions of the report of a board, in Welsh."""
    keys = [ReportKey("cluster", "north-powys"), ReportKey("board", "7A1"), ReportKey("board-inside", "7A1")]
    return {key.kind: print_once(manuscript(build_report(made_of, key), "cy")) for key in keys}


@pytest.fixture(scope="session")
def reviews_printed(print_once) -> dict[str, bytes]:
    """Language -> the report of one peer review as PDF."""
    return {language: print_once(manuscript(review_report(), language)) for language in ("en", "cy")}
