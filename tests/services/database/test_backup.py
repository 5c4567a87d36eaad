"""A backup holds all data of one moment; a restore gives the same data; a damaged backup changes nothing."""

import json
import shutil
import stat
from hashlib import sha256
from zipfile import ZipFile

import pytest
from sqlalchemy import event

from app.db import connect, session
from app.domain.errors import DataDamaged, InvalidValue
from app.domain.people.roles import Role
from app.domain.reports.report_key import ReportKey
from app.models import Person
from app.services.database.backup import write_backup
from app.services.database.integrity.check import check_integrity
from app.services.database.restore import restore_backup
from app.services.database.schema import downgrade_schema, is_schema_current, upgrade_schema
from app.services.organisations.commands import load_organisations
from app.services.people.commands import Invitation, invite_person
from app.services.reports.published_files import find_file, published_data
from app.services.reports.queries import find_publication
from app.services.saving.commands import stash_form
from tests.support.application import NOW

NATIONAL = ReportKey("national")


@pytest.fixture(scope="module")
def whole(product, empty_database, tmp_path_factory):
    """Return a backup that has a person."""
    folder = tmp_path_factory.mktemp("whole")
    connect(f"sqlite:///{shutil.copy(empty_database, folder)}")
    invite_person(Invitation("lead@example.wales", "Llinos Lead", Role.LEAD, "north-powys"), address=None)
    write_backup(folder / "a.zip", NOW)
    return (folder / "a.zip").read_bytes()


@pytest.fixture
def elsewhere(tmp_path):
    """Return a function that connects to a new, empty database."""

    def go(name="elsewhere.db"):
        session.get_bind().dispose()
        connect(f"sqlite:///{tmp_path / name}")

    return go


def refusal(act):
    with pytest.raises(InvalidValue) as refused:
        act()
    return refused.value.reason


def tables():
    connection = session.connection()
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return {name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in names}


def rewritten(file, parts):
    """Return the backup with some members replaced."""
    with ZipFile(file) as before:
        held = {name: before.read(name) for name in before.namelist()} | parts
    with ZipFile(file, "w") as after:
        for name, content in held.items():
            after.writestr(name, content)


def manifest(file, **said):
    with ZipFile(file) as archive:
        return {"manifest.json": json.dumps(json.loads(archive.read("manifest.json")) | said).encode()}


def test_what_is_restored_is_the_same_to_the_last_byte(inside_demo, by_hand, elsewhere, tmp_path):
    published = find_publication(2024, 1)
    before = {face: published_data(published, NATIONAL, "cy", face, NOW) for face in ("csv", "xlsx")}
    by_hand(
        "INSERT INTO voting_rounds VALUES (41, 110, 'PCMW-01', 1, '2026-05-10 12:00:00.000000', NULL, NULL, '[]')",
        "INSERT INTO votes VALUES (41, 70, 'mature')",
        "INSERT INTO voting_rounds VALUES (42, 110, 'PCMW-02', 1, '2026-05-10 12:00:00.000000', NULL, NULL, '[]')",
        "DELETE FROM voting_rounds WHERE id = 42",
    )
    stash_form(session.get_one(Person, 70), "/x", [("why", "ŵy – 🎈\u2028\n\"'")], NOW)
    made, rows = write_backup(tmp_path / "a.zip", NOW), tables()
    session.rollback()
    then = published_data(published, NATIONAL, "en", "json", NOW)

    elsewhere()
    restore_backup(tmp_path / "a.zip")
    assert tables() == rows
    again = write_backup(tmp_path / "b.zip", NOW)
    assert (again.tables, again.numbers) == (made.tables, made.numbers)
    assert made.numbers == {"voting_rounds": 42}
    published = find_publication(2024, 1)
    assert {face: find_file(published, NATIONAL, "cy", face) for face in before} == before
    assert published_data(published, NATIONAL, "en", "json", NOW) == then
    assert check_integrity().faults == ()


def test_a_backup_is_of_one_moment_while_others_write(inside, by_hand, tmp_path):
    def write_meanwhile(_connection, _cursor, statement, *_rest):
        if "FROM appointments" in statement and not written:
            written.append(statement)
            by_hand(
                "INSERT INTO people VALUES (7, 'new@example.wales', 'New', 'cy', '')",
                "INSERT INTO appointments VALUES (7, 7, 'sppc', NULL, NULL)",
            )

    written = []
    event.listen(session.get_bind(), "before_cursor_execute", write_meanwhile)
    made = write_backup(tmp_path / "a.zip", NOW)
    assert written
    assert (made.tables["people"].count, made.tables["appointments"].count) == (0, 0)
    later = write_backup(tmp_path / "b.zip", NOW)
    assert (later.tables["people"].count, later.tables["appointments"].count) == (1, 1)


def test_a_backup_is_a_zip_of_lines_that_anything_can_read(inside, lead, by_hand, tmp_path):
    by_hand("INSERT INTO sign_in_links VALUES (1, 1, 'secret', '2026-05-10 12:00:00.000000', NULL)")
    file = tmp_path / "a.zip"
    made = write_backup(file, NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
        assert {f"tables/{name}.jsonl" for name in said["tables"]} == set(archive.namelist()) - {"manifest.json"}
        assert not {"sign_in_links", "sign_in_requests"} & said["tables"].keys()
        for name, kept in said["tables"].items():
            content = archive.read(f"tables/{name}.jsonl")
            assert kept == {"count": content.count(b"\n"), "sha256": sha256(content).hexdigest()}
        assert json.loads(archive.read("tables/people.jsonl")) == {
            "email": "lead@example.wales",
            "id": 1,
            "language": "en",
            "name": "Llinos Lead",
            "professional_group": "",
        }
    assert (said["revision"], said["made_at"]) == (made.revision, "2026-05-10T12:00:00+00:00")


def test_a_backup_never_takes_the_place_of_a_file_and_leaves_no_half_one(inside, by_hand, tmp_path):
    file = tmp_path / "kept.zip"
    file.write_text("precious")
    assert refusal(lambda: write_backup(file, NOW)) == "backup_exists"
    assert file.read_text() == "precious"
    with pytest.raises(OSError, match="No such file"):
        write_backup(tmp_path / "nowhere" / "a.zip", NOW)
    before = set(tmp_path.iterdir())
    by_hand("UPDATE clusters SET name_en = CAST(x'ff' AS TEXT) WHERE id = 1")
    assert refusal(lambda: write_backup(tmp_path / "a.zip", NOW)) == "rows_unreadable"
    assert {each for each in tmp_path.iterdir() if each.suffix not in (".db-wal", ".db-shm")} <= before


def test_only_an_empty_database_is_restored_into(inside, elsewhere, tmp_path):
    write_backup(tmp_path / "a.zip", NOW)
    restore_backup(tmp_path / "a.zip")  # only boards and clusters, from the upgrade
    session.connection().exec_driver_sql("INSERT INTO people VALUES (1, 'e', 'n', 'en', '')")
    session.commit()
    before = tables()
    assert refusal(lambda: restore_backup(tmp_path / "a.zip")) == "not_empty"
    assert tables() == before

    elsewhere()
    session.connection().exec_driver_sql("CREATE TABLE of_another_product (id INTEGER)")
    session.commit()
    assert refusal(lambda: restore_backup(tmp_path / "a.zip")) == "not_empty"
    assert tables() == {"of_another_product": []}


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:-100]), "backup_unreadable"),
        (lambda file: file.write_text("no backup"), "backup_unreadable"),
        (
            lambda file: file.write_bytes(b"".join((file.read_bytes()[:99], b"!", file.read_bytes()[100:]))),
            "backup_damaged",
        ),
        (lambda file: rewritten(file, {"manifest.json": b"{}"}), "backup_unreadable"),
        (lambda file: rewritten(file, manifest(file, tables={"people": {"count": "?"}})), "backup_unreadable"),
        (lambda file: rewritten(file, {"tables/people.jsonl": b"{}\n"}), "backup_damaged"),
        (lambda file: rewritten(file, {"tables/people.jsonl": b""} | manifest(file, tables={})), "backup_unfit"),
        (lambda file: rewritten(file, changed_rows(file, b'"id":1,', b'"ident":1,')), "backup_unfit"),
        (lambda file: rewritten(file, changed_rows(file, b'"lead@', b'7,"x":"')), "backup_unfit"),
        (lambda file: rewritten(file, changed_rows(file, b'"en"', b"null")), "restore_refused"),
        (lambda file: rewritten(file, manifest(file, revision="9999", product="7.0")), "backup_newer"),
        (lambda file: rewritten(file, manifest(file, format=2)), "backup_newer"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(whole, elsewhere, tmp_path, damage, reason):
    file = tmp_path / "a.zip"
    file.write_bytes(whole)
    damage(file)
    elsewhere()
    assert refusal(lambda: restore_backup(file)) == reason
    assert tables() == {}


def changed_rows(file, old, new):
    """Return the members of a backup with changed people and the hash that fits."""
    with ZipFile(file) as archive:
        said, rows = json.loads(archive.read("manifest.json")), archive.read("tables/people.jsonl")
    rows = rows.replace(old, new)
    said["tables"]["people"]["sha256"] = sha256(rows).hexdigest()
    return {"tables/people.jsonl": rows, "manifest.json": json.dumps(said).encode()}


RENAMED = {
    "allotments": "review_assignments",
    "conflicts": "review_conflicts",
    "handed_in": "review_submissions",
    "kept_forms": "stashed_forms",
    "private_views": "private_ratings",
    "rounds": "voting_rounds",
}


def test_a_backup_of_older_tables_is_restored_and_brought_to_the_newest(inside_demo, elsewhere, tmp_path):
    downgrade_schema("0004")
    old = write_backup(tmp_path / "old.zip", NOW)
    assert old.revision == "0004"
    elsewhere()
    upgrade_schema()
    load_organisations()
    restore_backup(tmp_path / "old.zip")
    assert is_schema_current()
    new = write_backup(tmp_path / "new.zip", NOW)
    changed = {"submissions", "answers", "findings", "reflections", "private_views", "kept_forms"}
    same = old.tables.keys() - changed
    assert {name: new.tables[RENAMED.get(name, name)] for name in same} == {name: old.tables[name] for name in same}
    assert all(new.tables[RENAMED.get(name, name)].count == old.tables[name].count for name in old.tables)
    assert session.connection().exec_driver_sql("SELECT count(*), sum(compares) FROM submissions").one() == (72, 0)
    assert check_integrity().faults == ()


def test_what_is_not_sound_is_restored_only_when_asked_for(inside, cycle, by_hand, elsewhere, tmp_path):
    by_hand("DELETE FROM reflections WHERE cluster_id = 3")
    write_backup(tmp_path / "a.zip", NOW)
    elsewhere()
    with pytest.raises(DataDamaged) as refused:
        restore_backup(tmp_path / "a.zip")
    assert [fault.code for fault in refused.value.faults] == ["reflection"]
    assert tables() == {}
    assert restore_backup(tmp_path / "a.zip", despite_faults=True).tables["reflections"].count == 59
