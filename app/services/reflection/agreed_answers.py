"""The discussion that agreed on an answer, for every page, report and file that shows it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select

from app.db import session
from app.domain.cycle.lifecycle import WALES
from app.domain.reflection.agreed_answers import AgreedAnswer, content_with_agreement
from app.domain.reflection.answers import Content
from app.models import Answer, Workshop
from app.services.reflection.answer_versions import load_answers_at_versions

Recorded = Mapping[tuple[int, str], list[tuple[int, datetime]]]
"""(Reflection id, item code) -> the agreed versions, each with the time its discussion was opened, oldest first."""


def contents_with_agreement(answers: Iterable[Answer]) -> dict[int, Content]:
    """Return answer id -> its content with who agreed on it, see `app.domain.reflection.agreed_answers`."""
    listed = list(answers)
    recorded = _recorded({each.reflection_id for each in listed}) if listed else {}
    last = {each.id: found for each in listed if (found := _last(recorded, each))}
    kept = {(each.reflection_id, each.item, each.version): each for each in listed}
    lacking: dict[int, dict[str, int]] = {}
    for each in listed:
        if each.id in last and (each.reflection_id, each.item, last[each.id][0]) not in kept:
            lacking.setdefault(each.reflection_id, {})[each.item] = last[each.id][0]
    for then in load_answers_at_versions(lacking).values() if lacking else ():
        kept |= {(each.reflection_id, each.item, each.version): each for each in then.values()}

    def agreement(answer: Answer) -> AgreedAnswer | None:
        version, opened_at = last.get(answer.id, (0, answer.saved_at))
        then = kept.get((answer.reflection_id, answer.item, version))
        return AgreedAnswer(then.content, _day(max(then.saved_at, opened_at))) if then else None

    return {each.id: content_with_agreement(each.content, _day(each.saved_at), agreement(each)) for each in listed}


def _recorded(reflection_ids: Iterable[int]) -> Recorded:
    query = select(Workshop.reflection_id, Workshop.agreed, Workshop.opened_at).order_by(Workshop.id)
    found: dict[tuple[int, str], list[tuple[int, datetime]]] = {}
    for identity, versions, opened_at in session.execute(query.where(Workshop.reflection_id.in_(list(reflection_ids)))):
        for item, version in versions.items():
            found.setdefault((identity, item), []).append((version, opened_at))
    return found


def _last(recorded: Recorded, answer: Answer) -> tuple[int, datetime] | None:
    """Return the newest agreed version up to this one, with the time of the latest discussion that agreed on it."""
    found = [each for each in recorded.get((answer.reflection_id, answer.item), ()) if each[0] <= answer.version]
    return max(found, default=None)


def _day(moment: datetime) -> date:
    return moment.astimezone(WALES).date()
