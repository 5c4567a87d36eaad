"""Transactions survive lost connections, and notice that the file of the database was replaced."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import FileReplaced, connect, one_moment, session, transaction
from app.domain.errors import DatabaseReplaced
from app.domain.people.roles import Role
from app.services.database.backup import write_backup
from app.services.database.schema import is_database_alive
from app.services.people.commands import Invitation, give_role, invite_person, remove_role


def end_the_connections() -> None:
    """Close the idle connections on the side of the database, as its restart or a firewall does."""
    session.rollback()
    taken = session.get_bind().raw_connection()
    idle = taken.driver_connection
    taken.close()
    idle.close()


@pytest.mark.parametrize("begin", [transaction, one_moment])
def test_a_connection_that_was_ended_is_replaced_before_a_use_case_begins(inside, begin):
    end_the_connections()
    with begin() as acting:
        assert acting.scalar(text("SELECT count(*) FROM clusters")) == 60


def test_a_connection_that_was_ended_is_replaced_for_what_is_only_read(inside):
    end_the_connections()
    assert session.scalar(text("SELECT count(*) FROM clusters")) == 60


def test_the_monitor_hears_nothing_of_a_connection_that_was_replaced(app):
    end_the_connections()
    assert app.test_client().get("/health").status_code == 200
    assert is_database_alive()


def moved_away(file: Path) -> None:
    for each in file.parent.glob("test.db*"):
        each.rename(each.with_name(f"away-{each.name}"))


def removed(file: Path) -> None:
    for each in file.parent.glob("test.db*"):
        each.unlink()


def replaced_by_an_equal_one(file: Path) -> None:
    shutil.copy(file, file.with_name("copy"))
    file.with_name("copy").replace(file)


def removed_and_made_anew(file: Path) -> None:
    removed(file)
    file.touch()


def its_log_removed(file: Path) -> None:
    file.with_name("test.db-wal").unlink()


LOSSES = pytest.mark.parametrize(
    "lose", [moved_away, removed, replaced_by_an_equal_one, removed_and_made_anew, its_log_removed]
)
SOMEBODY = Invitation("new@example.wales", "Nia Newydd", Role.MEMBER, "north-powys")


@LOSSES
def test_nothing_is_saved_into_a_file_that_was_removed_or_replaced_and_it_stays_so(inside, tmp_path, lose):
    with transaction():
        session.execute(text("SELECT 1"))
    lose(tmp_path / "test.db")
    for _ in range(3):
        with pytest.raises(FileReplaced, match="restart the service"):
            invite_person(SOMEBODY, address=None)


@LOSSES
def test_what_was_saved_while_the_file_was_replaced_is_not_acknowledged(inside, tmp_path, lose):
    def use_case() -> None:
        with transaction():
            give_role(SOMEBODY)
            lose(tmp_path / "test.db")

    with pytest.raises(FileReplaced):
        use_case()


@LOSSES
def test_the_monitor_is_told_that_the_file_is_gone_and_what_to_do(app, tmp_path, lose):
    browser = app.test_client()
    assert browser.get("/health").status_code == 200
    lose(tmp_path / "test.db")
    for _ in range(2):
        answer = browser.get("/health")
        assert (answer.status_code, "restart the service" in answer.text) == (503, True)
    with pytest.raises(DatabaseReplaced):
        is_database_alive()


def test_a_symbolic_link_that_leads_elsewhere_is_another_file(inside, tmp_path):
    for name in ("one", "other"):
        shutil.copy(tmp_path / "test.db", tmp_path / name)
    (tmp_path / "link.db").symlink_to(tmp_path / "one")
    connect(f"sqlite:///{tmp_path}/link.db")
    invite_person(SOMEBODY, address=None)
    (tmp_path / "link.db").unlink()
    (tmp_path / "link.db").symlink_to(tmp_path / "other")
    with pytest.raises(FileReplaced):
        remove_role(SOMEBODY.email, SOMEBODY.role, SOMEBODY.place)


def test_what_others_do_with_the_file_is_no_replacement(inside, tmp_path):
    invite_person(SOMEBODY, address=None)
    session.rollback()
    write_backup(tmp_path / "backup.zip", datetime.now(UTC))
    session.rollback()
    statements = ("UPDATE people SET name = 'By Hand'", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM")
    act = f"[other.execute(each).fetchall() for each in {statements}]; other.close()"
    opening = f"other = sqlite3.connect({str(tmp_path / 'test.db')!r}, isolation_level=None)"
    subprocess.run([sys.executable, "-c", f"import sqlite3; {opening}; {act}"], check=True)
    remove_role(SOMEBODY.email, SOMEBODY.role, SOMEBODY.place)


def test_a_database_in_memory_has_no_file_to_lose():
    connect("sqlite://")
    with transaction() as acting:
        assert acting.scalar(text("SELECT 1")) == 1
