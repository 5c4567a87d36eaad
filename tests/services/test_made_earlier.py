"""A database and a workbook that an earlier version of the product made mean the same to this one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.db import connect, session
from app.domain.refusals import Unchanged
from app.i18n import speaking
from app.services import cycles, people, publications, publishing, reflections, upkeep
from app.services.publishing import Said
from app.services.results import history
from app.services.safekeeping import soundness
from app.services.safekeeping.restore import restore
from app.services.workbook.load import compared
from app.services.workbook.read import read

MADE = Path(__file__).parent / "made_earlier"
STAFF = "sppc@example.wales"
MADE_AT = datetime(2026, 11, 30, 23, 4, tzinfo=UTC)
WORDING = "08800d0cea39939c798d39088e432f6590dcbc57d194db2c249c427dd184fe21"
PUBLISHED_2024 = "eb60fce67df9de83070e556202f8501596ebd5b047a96897f26e4dfc6c8b24e8"
DRAFT_2026 = "36003cef997792a806609e84968ee094c4cf913c0f828a6cad29a0d3b296c1bd"


@pytest.fixture
def restored(product, tmp_path):
    """The database that was made earlier, in the tables of today."""
    with product.app_context():
        connect(f"sqlite:///{tmp_path / 'restored.db'}")
        upkeep.upgrade()
        restore(MADE / "backup.zip")
        yield
        session.remove()
        session.get_bind().dispose()


def test_it_is_sound(restored):
    assert soundness.check().faults == ()


def test_its_wordings_and_snapshots_have_the_hashes_that_they_had(restored):
    assert [cycles.questionnaire(each).content_hash for each in cycles.cycles()] == [WORDING, WORDING]
    published = publications.find(2024, 1)
    assert published.snapshot_hash == history.snapshot(published.id).hash == PUBLISHED_2024
    assert publishing.draft(cycles.find(2024), 5).hash == PUBLISHED_2024
    assert publishing.draft(cycles.find(2026), 5).hash == DRAFT_2026


def test_what_it_published_is_what_would_be_published_again(restored):
    by = people.staff(STAFF)
    with pytest.raises(Unchanged):
        publishing.publish(cycles.find(2024), by, MADE_AT, 5, Said(over=PUBLISHED_2024))


def test_its_workbook_is_taken_and_changes_nothing(restored):
    shown = reflections.overview(reflections.find(2026, "north-powys"), MADE_AT)
    with speaking("en"):
        reading = read((MADE / "workbook.xlsx").read_bytes(), shown)
    found = compared(shown, reading)
    assert len(reading.entries) > 30
    assert (reading.faults, found.changes, found.clashes) == ((), (), ())
