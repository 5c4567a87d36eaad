"""A backup and a workbook that an earlier version made are read the same by this one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.db import connect, session
from app.domain.errors import Unchanged
from app.i18n import speaking
from app.services.cycle.queries import find_cycle, list_cycles
from app.services.database.integrity.check import check_integrity
from app.services.database.restore import restore_backup
from app.services.database.schema import upgrade_schema
from app.services.people.queries import find_staff
from app.services.reflection.commands import compare_workbook
from app.services.reflection.queries import find_reflection, load_reflection
from app.services.reflection.workbook.reader import read_reflection_workbook
from app.services.reports.commands import PublicationStatement, publish_reports
from app.services.reports.publication_draft import load_publication_draft
from app.services.reports.queries import find_publication
from app.services.reports.snapshots import snapshot_of
from app.services.survey.queries import questionnaire_of

MADE = Path(__file__).parent / "made_earlier"
STAFF = "sppc@example.wales"
MADE_AT = datetime(2026, 11, 30, 23, 4, tzinfo=UTC)
WORDING = "08800d0cea39939c798d39088e432f6590dcbc57d194db2c249c427dd184fe21"
PUBLISHED_2024 = "eb60fce67df9de83070e556202f8501596ebd5b047a96897f26e4dfc6c8b24e8"
DRAFT_2026 = "36003cef997792a806609e84968ee094c4cf913c0f828a6cad29a0d3b296c1bd"


@pytest.fixture
def restored(product, tmp_path):
    """Restore the backup that was made earlier, migrated to the present tables."""
    with product.app_context():
        connect(f"sqlite:///{tmp_path / 'restored.db'}")
        upgrade_schema()
        restore_backup(MADE / "backup.zip")
        yield
        session.remove()
        session.get_bind().dispose()


def test_it_is_sound(restored):
    assert check_integrity().faults == ()


def test_its_wordings_and_snapshots_have_the_hashes_that_they_had(restored):
    assert [questionnaire_of(each).content_hash for each in list_cycles()] == [WORDING, WORDING]
    published = find_publication(2024, 1)
    assert published.snapshot_hash == snapshot_of(published.id).hash == PUBLISHED_2024
    assert load_publication_draft(find_cycle(2024), 5).hash == PUBLISHED_2024
    assert load_publication_draft(find_cycle(2026), 5).hash == DRAFT_2026


def test_what_it_published_is_what_would_be_published_again(restored):
    by = find_staff(STAFF)
    with pytest.raises(Unchanged):
        publish_reports(find_cycle(2024), by, MADE_AT, 5, PublicationStatement(draft_hash=PUBLISHED_2024))


def test_its_workbook_is_taken_and_changes_nothing(restored):
    shown = load_reflection(find_reflection(2026, "north-powys"), MADE_AT)
    with speaking("en"):
        reading = read_reflection_workbook((MADE / "workbook.xlsx").read_bytes(), shown)
    found = compare_workbook(shown, reading)
    assert len(reading.entries) > 30
    assert (reading.faults, found.changes, found.conflicts) == ((), (), ())
