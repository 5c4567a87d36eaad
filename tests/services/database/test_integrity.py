"""The integrity check finds every kind of fault, made in a real database, and names its place."""

import re
from hashlib import sha256

import pytest

from app.db import session
from app.messages.database import FAULTS
from app.services.database.integrity.check import check_integrity

HASH = re.compile(r"-[0-9A-F]{6}\b")
"""The end of a submission's reference, which depends on the answers of the demonstration."""

HASH_OF_NOTHING = sha256(b"{}").hexdigest()
PLANTED = {
    "gap answers 2026 north-powys PCMW-01": "UPDATE answers SET version = 2 "
    "WHERE reflection_id = 110 AND item = 'PCMW-01'",
    "gap theme_names 1": "UPDATE theme_names SET version = 2 WHERE theme_id = 1",
    "submitted 2026-ARFON-1 PCMW-01 9": "UPDATE submissions SET versions = json_set(versions, '$.PCMW-01', 9) "
    "WHERE reference LIKE '2026-ARFON-1-%'",
    "submitted_otherwise 2026-DWYFOR-1": "UPDATE answers SET content = json_set(content, '$.evidence', 'Else') "
    "WHERE reflection_id = 74 AND item = 'ACD-1'",
    "standing 2026-NEWPORT-WEST-1": "INSERT INTO submissions SELECT 99, 69, 2, replace(reference, '-1-', '-2-'), "
    "versions, submitted_at, submitted_by_id, NULL, NULL, NULL, 0 FROM submissions WHERE reflection_id = 69",
    "review_submission 1 reviewer ACD-4 8": "UPDATE review_submissions "
    "SET versions = json_set(versions, '$.ACD-4', 8) WHERE id = 1",
    "agreed 2026 north-powys ACD-1 7": "INSERT INTO workshops VALUES (1, 110, 'BCDFG', "
    "'2026-05-10 12:00:00.000000', 1, NULL, 5, '[]', '[]', 'ACD-1', '{\"ACD-1\": 7}')",
    "votes 1": "INSERT INTO voting_rounds VALUES (1, 110, 'ACD-1', 1, '2026-05-10 12:00:00.000000', "
    "'2026-05-10 12:00:00.000000', '{}', '[]')",
    "reflection 2026 anglesey": "DELETE FROM reflections WHERE id = 72",
    "wording 2026 pcmw": "UPDATE frozen_surveys SET content = replace(content, 'GP', 'MP') "
    "WHERE cycle_year = 2026 AND slug = 'pcmw'",
    "wording_unreadable 2026 acd": f"UPDATE frozen_surveys SET content = '{{}}', content_hash = '{HASH_OF_NOTHING}' "
    "WHERE cycle_year = 2026 AND slug = 'acd'",
    "asked 2024 ACD-99": "INSERT INTO answers SELECT 99999, reflection_id, 'ACD-99', 1, content, language, saved_at, "
    "saved_by_id, client_id, sequence_no FROM answers WHERE id = 1",
    "snapshot 2024, 1": "UPDATE publications SET content = replace(content, 'mature', 'foundation')",
    "snapshot_unreadable 2024, 2": "INSERT INTO publications SELECT 2, 2024, 2, '{}', counts, together, "
    f"'{HASH_OF_NOTHING}', app_version, 'a', 'b', published_at, published_by_id, agreed FROM publications",
    "allocation 2024, 1": 'UPDATE review_assignments SET outcomes = \'["PCMW-01", "PCMW-08", "ACD-1"]\' WHERE id = 1',
    "problem 2024, 2": "INSERT INTO allocations SELECT 2, 2024, 2, '{}', problem_hash, certificate, by_hand, "
    "app_version, proposed_at, proposed_by_id, published_at, published_by_id, 'why' FROM allocations",
    "review 2024 blaenau-gwent-east → anglesey": "INSERT INTO review_assignments VALUES (99, 2, 0, 1, 12, '[]')",
    "quoted 1, ": "UPDATE quotes SET text = 'never said' WHERE id = 1",
}
"""Fault and place -> the statement that causes it in the demonstration."""


def test_every_promise_that_is_broken_is_found_and_nothing_else(inside_demo, by_hand, tmp_path):
    assert check_integrity().faults == ()
    by_hand(
        "DROP INDEX uq_submissions_standing",
        *PLANTED.values(),
        "INSERT INTO votes VALUES (1, 70, 'mature')",
    )
    before = (tmp_path / "test.db").read_bytes()
    found = {f"{fault.code} {HASH.sub('', fault.where)}" for fault in check_integrity().faults}
    assert {each for each in found if not each.startswith("quoted 1, ")} == PLANTED.keys() - {"quoted 1, "}
    assert len(found) == len(PLANTED)
    assert (tmp_path / "test.db").read_bytes() == before
    assert not {"never said", "Else"} & {word for each in found for word in each.split()}


UNCHECKED = "PRAGMA ignore_check_constraints = 1"


@pytest.mark.parametrize(
    ("fault", "where", "statements"),
    [
        ("file", "CHECK constraint failed in cycles", [UNCHECKED, "UPDATE cycles SET opens = '2027-01-01'"]),
        ("reference", "reflections 3 → cycles", ["UPDATE reflections SET cycle_year = 1999 WHERE id = 3"]),
        ("unreadable", "cycles 2026", ["UPDATE cycles SET closed_at = 'yesterday'"]),
        ("unreadable", "frozen_surveys 2", ["UPDATE frozen_surveys SET content = CAST(x'ff' AS TEXT) WHERE id = 2"]),
    ],
)
def test_a_database_that_does_not_hold_together_is_told(inside, cycle, by_hand, fault, where, statements):
    by_hand(*statements)
    found = check_integrity()
    assert found.faults == ((fault, where),)
    assert found.looked_at == {}


def test_a_file_that_is_no_database_any_more_is_told(inside, tmp_path):
    session.get_bind().dispose()
    (tmp_path / "test.db").write_bytes(b"nothing of it is left" * 100)
    assert [fault.code for fault in check_integrity().faults] == ["file"]


def test_every_fault_that_has_a_sentence_can_be_found():
    assert {each.split()[0] for each in PLANTED} | {"file", "reference", "unreadable"} == FAULTS.keys()
