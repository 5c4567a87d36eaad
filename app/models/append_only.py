"""Tables whose rows the ORM adds and never changes: saved versions, submissions, publications."""

from typing import Any, TypeVar

from sqlalchemy import event

from app.db import Base

Model = TypeVar("Model", bound=type[Base])


class AppendOnlyViolation(Exception):
    """Code tried to change or delete a row of an append-only table: a programming error."""


def only_added(model: Model) -> Model:
    """Class decorator: make the ORM raise AppendOnlyViolation when a row is changed or deleted."""
    event.listen(model, "before_update", _refuse)
    event.listen(model, "before_delete", _refuse)
    return model


def _refuse(_mapper: Any, _connection: Any, row: Base) -> None:
    raise AppendOnlyViolation(type(row).__name__)
