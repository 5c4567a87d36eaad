"""The content of an answer by kind of question, and when it is complete.

Content is a mapping of codes and typed text, as it is stored:

    outcome   {"level": "developing", "why": "...", "evidence": "...", "next_step": "...",
               "present": {"count": 12, "groups": ["dentistry", "optometry"]}}
    choice    {"chosen": ["monthly"], "details": {"other": "..."}}
    choices   {"chosen": ["funding", "other"], "details": {"funding": "..."}}
    ranking   {"ranked": ["funding", "bureaucracy"]}
    number    {"number": 12}
    text      {"text": "..."}        line is the same

Who was present is told by number and by groups (option codes of the question for QuestionRole.GROUPS), never by names;
None where it was not told.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from surveys.schema import UNABLE, Item, Kind

from app.domain.survey.levels import Level

Content = Mapping[str, Any]

Answers = Mapping[str, Content]
"""Item code -> content."""

OUTCOME_TEXTS = ("why", "evidence", "next_step")
"""What is written about an outcome besides its level."""


def level_of(content: Content | None) -> str:
    """The level code of an outcome's answer, "unable", or "" where there is none."""
    code = (content or {}).get("level", "")
    return code if code == UNABLE or Level.of(code) else ""


def chosen_in(content: Content | None) -> tuple[str, ...]:
    """The option codes chosen in a choice or choices answer."""
    return tuple((content or {}).get("chosen", ()))


def ranked_in(content: Content | None, chosen: Collection[str]) -> tuple[str, ...]:
    """The option codes of a ranking that are still `chosen` in the question they were taken from, in order."""
    return tuple(code for code in (content or {}).get("ranked", ()) if code in chosen)


ANSWERED: Mapping[Kind, Callable[[Content], bool]] = {
    Kind.OUTCOME: lambda content: bool(level_of(content)),
    Kind.CHOICE: lambda content: bool(chosen_in(content)),
    Kind.CHOICES: lambda content: bool(chosen_in(content)),
    Kind.RANKING: lambda content: bool(content.get("ranked")),
    Kind.NUMBER: lambda content: content.get("number") is not None,
    Kind.TEXT: lambda content: bool(content.get("text")),
    Kind.LINE: lambda content: bool(content.get("text")),
}
"""Kind of question -> whether an answer has what it asks for at the least."""


def is_answered(item: Item, content: Content | None) -> bool:
    """Whether the item has what it asks for at the least (evidence and details may be empty)."""
    return content is not None and ANSWERED[item.kind](content)
