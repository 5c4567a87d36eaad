"""Load answers at given versions, without the other versions."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, false, or_, select

from app.db import session
from app.models import Answer

FEW = 20
"""Versions that are asked for one by one in a single query."""


def load_answers_at_versions(wanted: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, Answer]]:
    """Return reflection id -> item code -> the answer at the wanted version, if it exists.

    `wanted`: reflection id -> item code -> version. Other versions are not loaded: autosave makes many long ones.
    """
    keys = [(identity, item, version) for identity, versions in wanted.items() for item, version in versions.items()]
    # Not a list of rows in IN, for which SQLite reads the whole table.
    one_of = or_(false(), *(_is(*key) for key in keys)) if len(keys) <= FEW else _has_id_of(wanted)
    query = select(Answer).where(one_of).order_by(Answer.item)
    found: dict[int, dict[str, Answer]] = {identity: {} for identity in wanted}
    for answer in session.scalars(query):
        found[answer.reflection_id][answer.item] = answer
    return found


def _is(reflection_id: int, item: str, version: int) -> ColumnElement[bool]:
    return and_(Answer.reflection_id == reflection_id, Answer.item == item, Answer.version == version)


def _has_id_of(wanted: Mapping[int, Mapping[str, int]]) -> ColumnElement[bool]:
    """Look through the numbers of all versions, without their texts, and return the condition for the wanted ones."""
    items = {item for versions in wanted.values() for item in versions}
    some = {version for versions in wanted.values() for version in versions.values()}
    numbers = select(Answer.id, Answer.reflection_id, Answer.item, Answer.version)
    numbers = numbers.where(Answer.reflection_id.in_(wanted), Answer.item.in_(items), Answer.version.in_(some))
    ids = [each for each, of, item, version in session.execute(numbers) if wanted[of].get(item) == version]
    # Written into the statement as digits: a database takes only so many parameters.
    named: BindParameter[int] = bindparam("ids", ids, expanding=True, literal_execute=True)
    return Answer.id.in_(named)
