"""The free texts of a cycle, as submitted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from surveys.schema import BilingualText, Item, Survey

from reports.data.free_text_names import field_name

from app.domain.errors import RecordNotFound
from app.domain.reflection.answer_fields import free_texts, text_at
from app.models import Answer, Cycle, Reflection, Submission
from app.services.reflection.queries import find_reflection, load_submitted_answers, reflections_of_cycle
from app.services.survey.queries import questionnaire_of


@dataclass(frozen=True)
class FreeField:
    """One field of free text of the questionnaire."""

    survey: Survey
    item: Item
    #: The code of the field, see app.domain.reflection.answer_fields.
    field: str

    @property
    def key(self) -> tuple[str, str]:
        """The codes of the item and of the field."""
        return self.item.code, self.field

    @property
    def name(self) -> BilingualText:
        """The name of the field in reports."""
        return field_name(self.item, self.field)


@dataclass(frozen=True)
class FreeText:
    """The text of one cluster in one field, in its latest submission, and the language it was typed in."""

    reflection: Reflection
    submission: Submission
    asked: FreeField
    text: str
    language: str

    @cached_property
    def key(self) -> tuple[int, str, str]:
        """The key of its codings: reflection id, item code, field code."""
        return self.reflection.id, *self.asked.key


def free_text_fields(cycle: Cycle, *items: str) -> tuple[FreeField, ...]:
    """Return the fields of free text of a cycle, in the order of the questionnaire; only of `items`, if given."""
    return tuple(
        FreeField(survey, item, name)
        for survey in questionnaire_of(cycle)
        for item in survey.items
        if not items or item.code in items
        for name in free_texts(item)
    )


def find_field(cycle: Cycle, item: str, field: str) -> FreeField:
    """Return the field of free text with these codes; raise RecordNotFound if there is none."""
    for each in free_text_fields(cycle):
        if each.key == (item, field):
            return each
    raise RecordNotFound("field", f"{item} {field}")


def texts_of_cycle(cycle: Cycle, *items: str) -> tuple[FreeText, ...]:
    """Return all texts of a cycle, by field and then by cluster code; only of `items`, if given."""
    submitted = {each: each.latest for each in reflections_of_cycle(cycle.year) if each.latest}
    return _texts(free_text_fields(cycle, *items), submitted, *items)


def texts_of_field(cycle: Cycle, asked: FreeField) -> tuple[FreeText, ...]:
    """Return all texts of one field, by cluster code."""
    return tuple(each for each in texts_of_cycle(cycle, asked.item.code) if each.asked.key == asked.key)


def find_text(cycle: Cycle, asked: FreeField, cluster: str) -> FreeText:
    """Return the text of a cluster (code) in a field; raise RecordNotFound if it submitted none."""
    reflection = find_reflection(cycle.year, cluster)
    found = _texts([asked], {reflection: reflection.latest} if reflection.latest else {}, asked.item.code)
    if not found:
        raise RecordNotFound("text", f"{cluster} {asked.key}")
    return found[0]


def text_in_submission(submission: Submission, asked: FreeField) -> str:
    """Return the text of a field in any submission, "" if there is none."""
    found = _texts([asked], {submission.reflection: submission}, asked.item.code)
    return found[0].text if found else ""


def _texts(asked: Iterable[FreeField], submitted: Mapping[Reflection, Submission], *items: str) -> tuple[FreeText, ...]:
    answers = load_submitted_answers(submitted.values(), *items)
    found = (
        _text(field, reflection, submission, answers[reflection.id].get(field.item.code))
        for field in asked
        for reflection, submission in submitted.items()
    )
    return tuple(each for each in found if each.text)


def _text(asked: FreeField, reflection: Reflection, submission: Submission, answer: Answer | None) -> FreeText:
    text = text_at(asked.item, answer.content if answer else None, asked.field)
    return FreeText(reflection, submission, asked, text, answer.language if answer else "")
