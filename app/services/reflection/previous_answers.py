"""A cluster's submitted answers of earlier cycles, by the items of the present one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveys.changes import ItemChange, WordingStatus, declared_changes
from surveys.schema import Item, Questionnaire

from app.domain.reflection.answers import Content
from app.domain.survey.edition_changes import changes_between
from app.models import Answer, Reflection
from app.services.reflection.agreed_answers import contents_with_agreement
from app.services.reflection.queries import load_submitted_answers, reflections_of_clusters
from app.services.survey.queries import questionnaire_of


@dataclass(frozen=True)
class PreviousAnswer:
    """The answer to one item in one earlier cycle, and how the present wording compares with the wording then."""

    year: int
    content: Content
    wording: WordingStatus
    #: The questionnaire and the item of that cycle.
    questionnaire: Questionnaire
    item: Item
    #: The language it was typed in.
    language: str


def previous_answers_to(reflection: Reflection, item: Item) -> tuple[PreviousAnswer, ...]:
    """Return the cluster's submitted answers to an item in earlier cycles, newest first."""
    return previous_answers_by_item(reflection, [item])[item.code]


def previous_answers_by_item(reflection: Reflection, items: Iterable[Item]) -> Mapping[str, tuple[PreviousAnswer, ...]]:
    """Return item code -> the cluster's submitted answers to it in earlier cycles, newest first."""
    now = questionnaire_of(reflection.cycle)
    before = [
        each
        for each in reflections_of_clusters([reflection.cluster_id])
        if each.cycle_year < reflection.cycle_year and each.latest
    ]
    became = {each.id: changes_between(questionnaire_of(each.cycle), now, declared_changes()) for each in before}
    asked = tuple(items)
    came_from = {code for changed in became.values() for item in asked for code in changed[item.code].came_from}
    latest = (each.latest for each in before if each.latest)
    submitted = load_submitted_answers(latest, *came_from) if came_from else {}

    told = contents_with_agreement(answer for answers in submitted.values() for answer in answers.values())

    def of(item: Item) -> Iterator[PreviousAnswer]:
        found = (_earlier(each, became[each.id][item.code], submitted.get(each.id, {}), told) for each in before)
        return (each for each in found if each)

    return {item.code: tuple(of(item)) for item in asked}


def _earlier(
    reflection: Reflection, change: ItemChange, submitted: Mapping[str, Answer], told: Mapping[int, Content]
) -> PreviousAnswer | None:
    """Return the earlier answer to an item; an answer to an item that was split is shown for each of its parts."""
    code = next(iter(change.came_from), "")
    answer = submitted.get(code)
    if answer is None:
        return None
    questionnaire = questionnaire_of(reflection.cycle)
    return PreviousAnswer(
        reflection.cycle_year,
        told[answer.id],
        change.wording,
        questionnaire,
        questionnaire.items[code],
        answer.language,
    )
