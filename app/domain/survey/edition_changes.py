"""How the wording of items changed between editions; only items with the same meaning are compared."""

from collections.abc import Iterable, Mapping

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.schema import Item, Outcome, Questionnaire, Survey

NEW = ItemChange(WordingStatus.NEW)


def wording_status(before: Item | None, now: Item) -> WordingStatus:
    """Return how an item's wording compares with an earlier one; of an outcome, statement and descriptors count."""
    if before is None or before.kind is not now.kind:
        return WordingStatus.NEW
    return WordingStatus.SAME if _meaning(before) == _meaning(now) else WordingStatus.REWORDED


def changes_between(
    before: Questionnaire, now: Questionnaire, declared: Iterable[EditionChange]
) -> Mapping[str, ItemChange]:
    """Return item code of `now` -> its change: as declared between the editions, otherwise by comparing texts."""
    known = {(each.slug, each.earlier, each.later): each.items for each in declared}
    found: dict[str, ItemChange] = {}
    for survey in now:
        asked = _survey(before, survey.slug)
        said = _between(survey.slug, asked.edition, survey.edition, known) if asked else {}
        found |= {item.code: _change(item, before, said) for item in survey.items}
    return found


def _survey(questionnaire: Questionnaire, slug: str) -> Survey | None:
    return next((survey for survey in questionnaire if survey.slug == slug), None)


def _change(item: Item, before: Questionnaire, said: Mapping[str, ItemChange]) -> ItemChange:
    if item.code in said:
        return said[item.code] if all(code in before.items for code in said[item.code].came_from) else NEW
    found = wording_status(before.items.get(item.code), item)
    return NEW if found is WordingStatus.NEW else ItemChange(found, (item.code,))


Declared = Mapping[tuple[str, str, str], Mapping[str, ItemChange]]
"""(slug, earlier edition, later edition) -> the declared change of each item."""


def _between(slug: str, earlier: str, later: str, known: Declared) -> Mapping[str, ItemChange]:
    """Return the declared changes between two editions, combined over editions in between if not declared directly."""
    if earlier == later:
        return {}
    if (slug, earlier, later) in known:
        return known[slug, earlier, later]
    for (of, before, after), items in known.items():
        if (of, after) == (slug, later) and (first := _between(slug, earlier, before, _without(known, slug, later))):
            return {code: _after(first, change) for code, change in items.items()}
    return {}


def _without(known: Declared, slug: str, later: str) -> Declared:
    """Return the declarations that do not lead to this edition, so that no chain visits an edition twice."""
    return {key: items for key, items in known.items() if (key[0], key[2]) != (slug, later)}


def _after(first: Mapping[str, ItemChange], then: ItemChange) -> ItemChange:
    """Combine two successive changes; an item that the first does not name counts as reworded."""
    befores = [first.get(code, ItemChange(WordingStatus.REWORDED, (code,))) for code in then.came_from]
    came_from = tuple(dict.fromkeys(code for each in befores for code in each.came_from))
    if not came_from:
        return NEW
    worst = max((then.wording, *(each.wording for each in befores)), key=tuple(WordingStatus).index)
    return ItemChange(WordingStatus.SPLIT if len(came_from) > 1 else worst, came_from)


def _meaning(item: Item) -> object:
    if isinstance(item, Outcome):
        return item.title, item.statement, dict(item.descriptors)
    return item.title, item.hint, item.options, item.minimum, item.maximum, item.most
