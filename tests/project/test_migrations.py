"""The migrations lead from an empty database to the tables of the models, and back."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from app import create_app
from app.db import Base, session
from app.services.cycle.queries import find_cycle
from app.services.database.integrity.check import check_integrity
from app.services.database.schema import _config, downgrade_schema, is_schema_current, upgrade_schema
from app.services.demo.people import demonstration_person, lead_of
from app.services.organisations.commands import load_organisations
from app.services.peer_review.constraint_commands import add_conflict
from app.services.reflection.queries import find_reflection
from app.services.saving.commands import stash_form
from app.services.workshop.commands import WorkshopOpening, cast_vote, open_vote, open_workshop
from tests.support.application import settings
from tests.support.visitor import Visitor


@pytest.fixture
def bare(tmp_path):
    """Return an application on an empty database."""
    app = create_app(settings(tmp_path))
    with app.app_context():
        yield app


def tables() -> set[str]:
    return set(inspect(session.get_bind()).get_table_names()) - {"alembic_version"}


def test_up_makes_all_tables_and_down_takes_them_away(bare):
    upgrade_schema()
    assert tables() == set(Base.metadata.tables)
    load_organisations()
    downgrade_schema("base")
    assert tables() == set()
    upgrade_schema()
    assert load_organisations() == (7, 60)


def test_the_tables_are_those_of_the_models(bare):
    upgrade_schema()
    command.check(_config())


DURING = datetime(2026, 5, 10, 12, tzinfo=UTC)
OLD_TABLES = {
    "review_assignments": "allotments",
    "review_conflicts": "conflicts",
    "review_submissions": "handed_in",
    "stashed_forms": "kept_forms",
    "private_ratings": "private_views",
    "voting_rounds": "rounds",
}
"""Present name of a table -> its name up to revision 0010."""


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Return table -> its rows."""
    connection = session.connection()
    return {
        name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()), key=repr)
        for name in tables()
    }


def test_tables_and_columns_are_renamed_with_every_row_both_ways(inside_demo):
    north = find_reflection(2026, "north-powys")
    staff, lead = demonstration_person("staff"), lead_of(north)
    stash_form(staff, "/me", [("name", "N")], DURING)
    add_conflict(find_cycle(2026), "north-powys", "rhondda", DURING)
    open_workshop(north, WorkshopOpening(most_disagreed_first=False, present=6, groups=()), lead, DURING, 3)
    vote = open_vote(north, DURING)
    cast_vote(north, vote.id, "mature", lead)
    session.rollback()
    before = rows()
    assert all(before[name] for name in OLD_TABLES)
    session.rollback()
    downgrade_schema("0009")
    assert rows() == {OLD_TABLES.get(name, name): each for name, each in before.items()}
    session.rollback()
    upgrade_schema()
    assert rows() == before
    command.check(_config())
    assert check_integrity().faults == ()


def test_upgrading_twice_changes_nothing(bare):
    upgrade_schema()
    load_organisations()
    upgrade_schema()
    assert is_schema_current()


def test_a_database_that_is_gone_is_not_called_healthy(app, tmp_path):
    browser = app.test_client()
    assert browser.get("/health").status_code == 200
    with app.app_context():
        session.get_bind().dispose()
    (tmp_path / "test.db").unlink()
    assert browser.get("/health").status_code == 503


def test_a_database_that_is_not_migrated_is_told_in_both_languages(tmp_path):
    visitor = Visitor(create_app(settings(tmp_path)), tmp_path)
    answer = visitor.browser.get("/en/")
    assert answer.status_code == 503
    assert "data upgrade" in answer.text
    assert "gronfa ddata" in answer.text
    assert visitor.browser.get("/health").status_code == 503


def test_of_two_roles_in_one_place_the_more_powerful_is_kept_and_told(bare, caplog):
    upgrade_schema("0008")
    load_organisations()
    session.execute(text("INSERT INTO people VALUES (1, 'a@b.wales', 'A', 'en', '')"))
    rows = [("member", 1, None), ("lead", 1, None), ("deputy", 2, None), ("officer", None, "7A7"), ("sppc", None, None)]
    for role, cluster, board in (*rows, *rows[-2:], ("deputy", 1, None)):
        values = {"role": role, "cluster": cluster, "board": board}
        query = "INSERT INTO appointments (person_id, role, cluster_id, board_code) VALUES (1, :role, :cluster, :board)"
        session.execute(text(query), values)
    session.commit()
    upgrade_schema()
    kept = session.execute(text("SELECT role, cluster_id, board_code FROM appointments ORDER BY id")).all()
    assert [tuple(row) for row in kept] == rows[1:]
    assert "Person 1 was lead and member in one place; is now only lead." in caplog.messages
    assert len(caplog.messages) == 4


@pytest.mark.parametrize("where", ["lead, 1, NULL", "officer, NULL, '7A7'", "sppc, NULL, NULL"])
def test_a_second_role_in_the_same_place_cannot_be_stored(inside, where):
    role, _comma, place = where.partition(", ")
    session.execute(text("INSERT INTO people VALUES (1, 'a@b.wales', 'A', 'en', '')"))
    insert = text(f"INSERT INTO appointments (person_id, role, cluster_id, board_code) VALUES (1, '{role}', {place})")
    session.execute(insert)
    with pytest.raises(IntegrityError):
        session.execute(insert)
