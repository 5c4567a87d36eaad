"""Names for the codes in a report's rows: places, outcomes, questions, levels, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from surveys.schema import BilingualText, Question, Questionnaire

from reports.data.free_text_names import DETAIL

OF_SEVERAL = "+"
"""The separator between the codes of merged boards."""


@dataclass(frozen=True)
class CodeNames:
    """The names of one report, each in both languages."""

    #: Year -> what was asked.
    questionnaires: Mapping[int, Questionnaire]
    #: Code of a board or cluster -> its name.
    places: Mapping[str, BilingualText] = field(default_factory=dict)
    #: Codes that only this report has, such as themes.
    others: Mapping[str, BilingualText] = field(default_factory=dict)
    #: The code of the place that the report is of; empty for all Wales.
    subject: str = ""
    #: Which edition for which readers, where a report has several: their files must not have one name.
    edition: str = ""

    def place(self, code: str) -> BilingualText | None:
        """Return the name of a place, or the joined names of merged boards."""
        names = [self.places.get(each) for each in code.split(OF_SEVERAL)]
        known = [name for name in names if name]
        if len(known) < len(names):
            return None
        between = f" {OF_SEVERAL} "
        return BilingualText(between.join(name.en for name in known), between.join(name.cy for name in known))

    def item(self, code: str, year: int) -> BilingualText | None:
        """Return the title of an outcome, a question, or a part of the questionnaire by its slug."""
        for asked in self._asked(year):
            if code in asked.items:
                return asked.items[code].title
            if found := next((survey.title for survey in asked if survey.slug == code), None):
                return found
        return None

    def category(self, code: str, item: str, year: int) -> BilingualText | None:
        """The name of an option (also of what was written with it), of a level, of this report's own, or of an item."""
        for asked in self._asked(year):
            if found := _options(asked, item).get(code.removeprefix(DETAIL)) or _levels(asked, item).get(code):
                return found
        return self.others.get(code) or self.item(code, year)

    def _asked(self, year: int) -> Iterator[Questionnaire]:
        """Return what was asked in a year, then in other years: earlier figures may have the codes of now."""
        years = sorted(self.questionnaires, key=lambda each: (each == year, each), reverse=True)
        return (self.questionnaires[each] for each in years)


def _options(asked: Questionnaire, item: str) -> Mapping[str, BilingualText]:
    found = asked.items.get(item)
    if not isinstance(found, Question):
        return {}
    if found.of:  # a ranking has the options of what it ranks
        return _options(asked, found.of)
    return {option.code: option.label for option in found.options}


def _levels(asked: Questionnaire, item: str) -> Mapping[str, BilingualText]:
    own = next((survey.levels for survey in asked if any(each.code == item for each in survey.items)), {})
    return own or asked.levels
