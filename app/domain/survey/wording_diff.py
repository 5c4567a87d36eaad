"""Compare two editions of a survey: how each outcome's wording changed, and whether the edition is later."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.changes import EditionChange, ItemChange, WordingStatus
from surveys.schema import Questionnaire, Survey

from app.domain.survey.edition_changes import changes_between

HEAD = ("status", "title", "introduction", "source", "levels")
"""The fields that belong to a survey as a whole, apart from its edition."""


@dataclass(frozen=True)
class WordingDiff:
    """Two editions of a survey and the change of each outcome's wording."""

    before: Survey
    after: Survey
    items: Mapping[str, ItemChange]

    @property
    def is_empty(self) -> bool:
        """Whether the editions have the same texts."""
        return self.before == self.after

    @property
    def gone(self) -> tuple[str, ...]:
        """The outcomes that are dropped and that no other outcome derives from."""
        kept = set(self.items) | {code for change in self.items.values() for code in change.came_from}
        return tuple(item.code for item in self.before.items if item.code not in kept)

    @property
    def head(self) -> tuple[str, ...]:
        """The changed fields that belong to the survey as a whole."""
        return tuple(key for key in HEAD if getattr(self.before, key) != getattr(self.after, key))

    @property
    def beside(self) -> tuple[str, ...]:
        """The outcomes with the same wording, but other prompts, examples or sources."""
        earlier = {item.code: item for item in self.before.items}
        now = {item.code: item for item in self.after.items}
        return tuple(code for code in self.of(WordingStatus.SAME) if now[code] != earlier.get(code))

    @property
    def is_reordered(self) -> bool:
        """Whether the outcomes of both editions are in a different order."""
        orders = [[item.code for item in survey.items] for survey in (self.before, self.after)]
        return [code for code in orders[0] if code in orders[1]] != [code for code in orders[1] if code in orders[0]]

    def of(self, wording: WordingStatus) -> tuple[str, ...]:
        """Return the outcomes with this change of wording."""
        return tuple(code for code, change in self.items.items() if change.wording is wording)


def diff_wording(before: Survey, after: Survey, declared: Iterable[EditionChange]) -> WordingDiff:
    """Return the differences between two editions: as declared, otherwise by comparing texts."""
    return WordingDiff(before, after, changes_between(Questionnaire((before,)), Questionnaire((after,)), declared))


def is_later_edition(before: str, now: str) -> bool:
    """Return whether an edition such as 2027.1 is later than another; one that is not a number precedes all."""
    return _numbers(now) > _numbers(before)


def _numbers(edition: str) -> tuple[int, ...]:
    is_number = re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})*", edition)
    return tuple(int(part) for part in edition.split(".")) if is_number else ()
