"""Record the statements that are sent to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from app.db import session


@contextmanager
def recorded_queries(app: Flask) -> Iterator[list[str]]:
    """Yield the list of statements sent within the block, without BEGIN, COMMIT and ROLLBACK."""
    with app.app_context():
        engine, sent = session.get_bind(), []

    def record(_connection, _cursor, statement: str, *_more) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", record)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", record)
