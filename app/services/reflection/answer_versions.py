"""Loads answers at the versions that are wanted, and no others."""

from collections.abc import Mapping

from sqlalchemy import BindParameter, bindparam, select

from app.db import session
from app.models import Answer


def load_answers_at_versions(wanted: Mapping[int, Mapping[str, int]]) -> dict[int, dict[str, Answer]]:
    """Reflection id -> item code -> the answer at the version that is wanted, where there is one.

    An answer has as many versions as its writer made pauses, and their texts are long. So the versions are looked
    through by their numbers alone, and only those that are wanted are loaded.
    """
    items = {item for versions in wanted.values() for item in versions}
    some = {version for versions in wanted.values() for version in versions.values()}
    numbers = select(Answer.id, Answer.reflection_id, Answer.item, Answer.version)
    numbers = numbers.where(Answer.reflection_id.in_(wanted), Answer.item.in_(items), Answer.version.in_(some))
    ids = [each for each, of, item, version in session.execute(numbers) if wanted[of].get(item) == version]
    found: dict[int, dict[str, Answer]] = {identity: {} for identity in wanted}
    # Written into the statement as digits: a database takes only so many parameters.
    named: BindParameter[int] = bindparam("ids", ids, expanding=True, literal_execute=True)
    for answer in session.scalars(select(Answer).where(Answer.id.in_(named)).order_by(Answer.item)):
        found[answer.reflection_id][answer.item] = answer
    return found
