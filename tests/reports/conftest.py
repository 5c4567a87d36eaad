"""The national summary of the demonstration's past cycle, made once for all tests that read it."""

from pathlib import Path

import pytest

from reports.page import manuscript
from reports.press import print_now

from app import create_app
from app.services import cycles, packs, reflections
from app.services.results import material, national
from tests.conftest import settings
from tests.reports.reviews import review_report


@pytest.fixture(scope="session")
def report(demo_database: Path):
    """The content of the national summary."""
    with create_app(settings(demo_database.parent)).app_context():
        return national.report(material.draft(cycles.find(2024), minimum_group=5))


@pytest.fixture(scope="session")
def pdfs(report) -> dict[str, bytes]:
    """Language -> the national summary as PDF."""
    return {language: print_now(manuscript(report, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def pack(demo_database: Path):
    """The content of a workshop pack."""
    with create_app(settings(demo_database.parent)).app_context():
        return packs.workshop_pack(reflections.find(2026, "north-powys"))


@pytest.fixture(scope="session")
def packs_printed(pack) -> dict[str, bytes]:
    """Language -> the workshop pack as PDF."""
    return {language: print_now(manuscript(pack, language)) for language in ("en", "cy")}


@pytest.fixture(scope="session")
def reviews_printed() -> dict[str, bytes]:
    """Language -> the report of one peer review as PDF."""
    return {language: print_now(manuscript(review_report(), language)) for language in ("en", "cy")}
