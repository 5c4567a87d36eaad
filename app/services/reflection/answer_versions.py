"""Load answers at given versions, without the other versions."""

from collections.abc import Mapping

from sqlalchemy import select, tuple_

from app.db import session
from app.models import Answer

MOST_AT_ONCE = 5_000
"""Versions in one query: each takes three parameters; SQLite allows 32,766 and PostgreSQL 65,535."""


def load_answers_at_versions(wanted: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, Answer]]:
    """Return reflection id -> item code -> the answer at the wanted version, if it exists.

    `wanted`: reflection id -> item code -> version. Other versions are not loaded: autosave makes many long ones.
    """
    keys = [(identity, item, version) for identity, versions in wanted.items() for item, version in versions.items()]
    found: dict[int, dict[str, Answer]] = {identity: {} for identity in wanted}
    for start in range(0, len(keys), MOST_AT_ONCE):
        of_these = tuple_(Answer.reflection_id, Answer.item, Answer.version).in_(keys[start : start + MOST_AT_ONCE])
        for answer in session.scalars(select(Answer).where(of_these).order_by(Answer.item)):
            found[answer.reflection_id][answer.item] = answer
    return found
