"""The transaction stands on the database that is there: connections that ended meanwhile cost nobody anything."""

import pytest
from sqlalchemy import text

from app.db import one_moment, session, transaction
from app.services import upkeep


def end_the_connections() -> None:
    """What a restart of the database, or a firewall, does to those that nobody is using."""
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
    assert upkeep.is_alive()
