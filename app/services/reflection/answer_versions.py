"""Loads answers at given versions, and no others."""

from collections.abc import Mapping

from sqlalchemy import select, tuple_

from app.db import session
from app.models import Answer

MOST_AT_ONCE = 5_000
"""Versions asked for in one query: three parameters each, of which SQLite takes 32,766 and PostgreSQL 65,535."""


def load_answers_at_versions(wanted: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, Answer]]:
    """Return reflection id -> item code -> the answer at the given version, where there is one.

    Autosave adds a version at every pause, and their texts are long: no other version is loaded.
    """
    keys = [(identity, item, version) for identity, versions in wanted.items() for item, version in versions.items()]
    found: dict[int, dict[str, Answer]] = {identity: {} for identity in wanted}
    for start in range(0, len(keys), MOST_AT_ONCE):
        of_these = tuple_(Answer.reflection_id, Answer.item, Answer.version).in_(keys[start : start + MOST_AT_ONCE])
        for answer in session.scalars(select(Answer).where(of_these).order_by(Answer.item)):
            found[answer.reflection_id][answer.item] = answer
    return found
