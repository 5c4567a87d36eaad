"""Rows that are added and never changed: what was saved, handed in or published stays as it was."""

from typing import Any, TypeVar

from sqlalchemy import event

from app.db import Base

Model = TypeVar("Model", bound=type[Base])


class AppendOnlyViolation(Exception):
    """Something tried to change or delete what is kept for good: a fault of the program, never of a person."""


def only_added(model: Model) -> Model:
    """Let rows of a table be added, and refuse to change or delete them."""
    event.listen(model, "before_update", _refuse)
    event.listen(model, "before_delete", _refuse)
    return model


def _refuse(_mapper: Any, _connection: Any, row: Base) -> None:
    raise AppendOnlyViolation(type(row).__name__)
