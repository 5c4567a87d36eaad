"""One survey in two editions: which outcomes are the same, and whether the edition was raised."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.schema import Questionnaire, Survey

from app.domain.survey.edition_changes import changes_between

HEAD = ("status", "title", "introduction", "source", "levels")
"""What holds for a whole survey, besides its edition."""


@dataclass(frozen=True)
class WordingDiff:
    """A survey before and after, and what became of the wording of each outcome."""

    before: Survey
    after: Survey
    items: Mapping[str, ItemChange]

    @property
    def is_empty(self) -> bool:
        """Whether not a word is different."""
        return self.before == self.after

    @property
    def gone(self) -> tuple[str, ...]:
        """The outcomes that are asked no more, and that no other outcome came from."""
        kept = set(self.items) | {code for change in self.items.values() for code in change.came_from}
        return tuple(item.code for item in self.before.items if item.code not in kept)

    @property
    def head(self) -> tuple[str, ...]:
        """What was changed of what holds for the whole survey."""
        return tuple(key for key in HEAD if getattr(self.before, key) != getattr(self.after, key))

    @property
    def beside(self) -> tuple[str, ...]:
        """The outcomes that are the same, but have other prompts, examples or sources."""
        earlier = {item.code: item for item in self.before.items}
        now = {item.code: item for item in self.after.items}
        return tuple(code for code in self.of(WordingStatus.SAME) if now[code] != earlier.get(code))

    @property
    def is_reordered(self) -> bool:
        """Whether the outcomes of both editions are in a different order."""
        orders = [[item.code for item in survey.items] for survey in (self.before, self.after)]
        return [code for code in orders[0] if code in orders[1]] != [code for code in orders[1] if code in orders[0]]

    def of(self, wording: WordingStatus) -> tuple[str, ...]:
        """The outcomes whose wording became this."""
        return tuple(code for code, change in self.items.items() if change.wording is wording)


def diff_wording(before: Survey, after: Survey, declared: Iterable[EditionChange]) -> WordingDiff:
    """What is different between two editions of a survey: as declared, otherwise by their words."""
    return WordingDiff(before, after, changes_between(Questionnaire((before,)), Questionnaire((after,)), declared))


def is_later_edition(before: str, now: str) -> bool:
    """Whether an edition such as 2027.1 comes after another; one that is no number comes before all."""
    return _numbers(now) > _numbers(before)


def _numbers(edition: str) -> tuple[int, ...]:
    is_number = re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})*", edition)
    return tuple(int(part) for part in edition.split(".")) if is_number else ()
