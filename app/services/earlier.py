"""What a cluster submitted in earlier cycles, beside what it is asked now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveys.changes import ItemChange, WordingStatus, declared_changes
from surveys.schema import Item, Questionnaire

from app.domain.answers import Content
from app.domain.editions import changes_between
from app.models import Answer, Reflection
from app.services import agreements, cycles, reflections


@dataclass(frozen=True)
class Earlier:
    """The answer to one item in one earlier cycle, and how its wording then stands to that of now."""

    year: int
    content: Content
    wording: WordingStatus
    #: What was asked then, to read the answer by.
    questionnaire: Questionnaire
    item: Item
    #: The language it was typed in.
    language: str


def answers(reflection: Reflection, item: Item) -> tuple[Earlier, ...]:
    """The cluster's earlier submitted answers to an item, the newest cycle first; withdrawn items have none."""
    return by_item(reflection, [item])[item.code]


def by_item(reflection: Reflection, items: Iterable[Item]) -> Mapping[str, tuple[Earlier, ...]]:
    """Item code -> the cluster's earlier submitted answers to it, the newest cycle first."""
    now = cycles.questionnaire(reflection.cycle)
    before = [
        each
        for each in reflections.of_clusters([reflection.cluster_id])
        if each.cycle_year < reflection.cycle_year and each.latest
    ]
    became = {each.id: changes_between(cycles.questionnaire(each.cycle), now, declared_changes()) for each in before}
    asked = tuple(items)
    came_from = {code for changed in became.values() for item in asked for code in changed[item.code].came_from}
    latest = (each.latest for each in before if each.latest)
    submitted = reflections.submitted_answers(latest, *came_from) if came_from else {}

    told = agreements.told(answer for answers in submitted.values() for answer in answers.values())

    def of(item: Item) -> Iterator[Earlier]:
        found = (_earlier(each, became[each.id][item.code], submitted.get(each.id, {}), told) for each in before)
        return (each for each in found if each)

    return {item.code: tuple(of(item)) for item in asked}


def _earlier(
    reflection: Reflection, change: ItemChange, submitted: Mapping[str, Answer], told: Mapping[int, Content]
) -> Earlier | None:
    """The answer to what the item was then; what was split up is shown beside each of its parts."""
    code = next(iter(change.came_from), "")
    answer = submitted.get(code)
    if answer is None:
        return None
    questionnaire = cycles.questionnaire(reflection.cycle)
    return Earlier(
        reflection.cycle_year,
        told[answer.id],
        change.wording,
        questionnaire,
        questionnaire.items[code],
        answer.language,
    )
