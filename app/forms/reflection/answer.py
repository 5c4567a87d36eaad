"""The form of each kind of question: its fields, and the conversion between fields and the content of an answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field

from surveys.schema import UNABLE, Item, Kind, Outcome, Question, Questionnaire

from app.domain.reflection.answers import OUTCOME_TEXTS, Answers, Content, chosen_in, ranked_in
from app.forms.fields import (
    AttendanceField,
    CheckboxesField,
    DropdownField,
    FieldChoice,
    LevelCardsField,
    MultilineField,
    RadiosField,
    SingleLineField,
    WholeNumberField,
)
from app.forms.saving import SavingForm, TypedFields, build_form
from app.forms.validators import ExclusiveOption, RequiredAnswer, RequiredIfChosen, UniqueRanking
from app.i18n import gettext as _
from app.i18n import lazy_gettext as _l
from app.i18n import local


class AnswerForm(SavingForm):
    """The form of one kind of question."""

    @classmethod
    def fields(cls, item: Any, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return name -> field for this item."""
        raise NotImplementedError


class OutcomeForm(AnswerForm):
    """The level with the reason, evidence and next step, and the attendance in a hidden field."""

    @classmethod
    def fields(cls, item: Outcome, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return the level cards, three text fields and the attendance."""
        unable = FieldChoice(UNABLE, _("Not able to say"), _("The group could not agree, or does not know enough."))
        return {
            "level": LevelCardsField(
                _("Which level is nearest to how the cluster works now?"),
                offered=[*level_choices(item, questionnaire), unable],
                validators=[RequiredAnswer(_l("Choose a level, or “Not able to say”."))],
            ),
            "why": MultilineField(
                _("Why this level?"), hint=_("What decided it, and what was seen differently."), rows=3
            ),
            "evidence": MultilineField(
                _("What shows this?"), hint=_("Evidence such as: %(examples)s", examples=_listed(item.evidence))
            ),
            "next_step": MultilineField(_("What is the next step?"), hint=_("Who will do what, by when."), rows=3),
            "present": AttendanceField([option.code for option in questionnaire.groups]),
        }

    def show(self, content: Content) -> None:
        """Fill the fields with a saved answer."""
        for name in ("level", *OUTCOME_TEXTS):
            self[name].data = content.get(name, "")
        self["present"].data = content.get("present")

    def copy_texts(self, before: Content) -> None:
        """Append the texts of an earlier answer to the fields, unless they contain them; the level is not copied."""
        for name in OUTCOME_TEXTS:
            written = self[name].data or ""
            if before.get(name) and before[name] not in written:
                self[name].data = f"{written}\n\n{before[name]}".strip()

    def content(self) -> dict[str, Any]:
        """Return the level code, the three texts and the attendance."""
        texts = {name: self[name].data or "" for name in ("level", *OUTCOME_TEXTS)}
        return {**texts, "present": self["present"].data}


class TextForm(AnswerForm):
    """Free text."""

    @classmethod
    def fields(cls, item: Question, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return one field, of one or several lines."""
        field = SingleLineField if item.kind is Kind.LINE else MultilineField
        needed = [RequiredAnswer(_l("Write an answer."))] if item.required else []
        return {"text": field(local(item.title), hint=local(item.hint), validators=needed)}

    def show(self, content: Content) -> None:
        """Fill the field with a saved answer."""
        self["text"].data = content.get("text", "")

    def content(self) -> dict[str, Any]:
        """Return the text."""
        return {"text": self["text"].data or ""}


class NumberForm(AnswerForm):
    """A whole number."""

    @classmethod
    def fields(cls, item: Question, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return one field for a number."""
        needed = [RequiredAnswer(_l("Enter a number."))] if item.required else []
        return {
            "number": WholeNumberField(
                local(item.title), hint=local(item.hint), least=item.minimum, most=item.maximum, validators=needed
            )
        }

    def show(self, content: Content) -> None:
        """Fill the field with a saved answer."""
        self["number"].data = content.get("number")

    def content(self) -> dict[str, Any]:
        """Return the number, None if none was given."""
        return {"number": self["number"].data}


class ChoiceForm(AnswerForm):
    """One or several options, with free text for those that ask for it."""

    @classmethod
    def fields(cls, item: Question, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return radio buttons or checkboxes, after the text fields that their options open."""
        sentence = _l("Choose an answer.") if item.kind is Kind.CHOICE else _l("Choose at least one answer.")
        field = RadiosField if item.kind is Kind.CHOICE else CheckboxesField
        details = {
            f"detail_{option.code}": MultilineField(
                local(option.detail), rows=3, validators=[RequiredIfChosen()] if option.needs_detail else []
            )
            for option in item.options
            if option.detail
        }
        chosen = field(
            local(item.title),
            hint=local(item.hint),
            offered=[
                FieldChoice(option.code, local(option.label), local(option.hint), exclusive=option.exclusive)
                for option in item.options
            ],
            validators=[
                *([RequiredAnswer(sentence)] if item.required else []),
                *([ExclusiveOption()] if field is CheckboxesField else []),
            ],
        )
        return {**details, "chosen": chosen}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self["chosen"].details = {
            field.name.removeprefix("detail_"): field for field in self if field.name.startswith("detail_")
        }

    def show(self, content: Content) -> None:
        """Fill the fields with a saved answer."""
        chosen = chosen_in(content)
        self["chosen"].data = list(chosen) if isinstance(self["chosen"], CheckboxesField) else (chosen or ("",))[0]
        for code, text in content.get("details", {}).items():
            if f"detail_{code}" in self:
                self[f"detail_{code}"].data = text

    def content(self) -> dict[str, Any]:
        """Return the chosen codes and the free texts; texts of options that are not chosen are kept, not lost."""
        chosen = self["chosen"].data or []
        return {
            "chosen": [chosen] if isinstance(chosen, str) else list(chosen),
            "details": {code: field.data for code, field in self["chosen"].details.items() if field.data},
        }


class RankingForm(AnswerForm):
    """A ranking of some of the options that were chosen in an earlier question."""

    @classmethod
    def fields(cls, item: Question, answers: Answers, questionnaire: Questionnaire) -> Mapping[str, Any]:
        """Return one drop-down list for each place, with the options chosen in the earlier question."""
        earlier = questionnaire.items[item.of]
        assert isinstance(earlier, Question)  # noqa: S101 - the loader refuses anything else
        chosen = chosen_in(answers.get(item.of))
        offered = [
            FieldChoice(option.code, local(option.label))
            for option in earlier.options
            if option.code in chosen and not option.exclusive
        ]
        places = (_l("First"), _l("Second"), _l("Third"), _l("Fourth"), _l("Fifth"))
        count = min(item.most, len(offered), len(places))
        return {
            f"place_{place}": DropdownField(str(places[place]), offered=offered, validators=[UniqueRanking()])
            for place in range(count)
        }

    def show(self, content: Content) -> None:
        """Fill the fields with a saved answer; options that are no longer offered are left out without a gap."""
        offered = {choice.value for field in self._places() for choice in field.offered}
        for field, code in zip(self._places(), ranked_in(content, offered), strict=False):
            field.data = code

    def content(self) -> dict[str, Any]:
        """Return the ranked codes in order, without gaps."""
        return {"ranked": [field.data for field in self._places() if field.data]}

    def _places(self) -> Iterable[Field]:
        return (field for field in self if field.name.startswith("place_"))


def level_choices(outcome: Outcome, questionnaire: Questionnaire) -> list[FieldChoice]:
    """Return the levels of an outcome as options, each with its descriptor."""
    return [
        FieldChoice(level, local(name), local(outcome.descriptors[level]))
        for level, name in questionnaire.levels.items()
    ]


FORMS: Mapping[Kind, type[AnswerForm]] = {
    Kind.OUTCOME: OutcomeForm,
    Kind.TEXT: TextForm,
    Kind.LINE: TextForm,
    Kind.NUMBER: NumberForm,
    Kind.CHOICE: ChoiceForm,
    Kind.CHOICES: ChoiceForm,
    Kind.RANKING: RankingForm,
}
"""Kind of question -> its form."""


def answer_form(item: Item, answers: Answers, questionnaire: Questionnaire, typed: TypedFields = None) -> AnswerForm:
    """Return the form for this item, filled from `typed`, else from the request, else empty."""
    kind = FORMS[item.kind]
    return build_form(kind, kind.fields(item, answers, questionnaire), typed)


def _listed(texts: Iterable[Any]) -> str:
    return "; ".join(local(text) for text in texts)
