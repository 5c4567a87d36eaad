"""Split an answer into single fields of one value each, as workbooks and tables have them, and join them again.

    outcome   level, why, evidence, next_step
    choice    chosen, detail:<option>
    choices   chosen:<option> (YES or nothing), detail:<option>
    ranking   ranked:1, ranked:2 ...
    number    number
    text      text        line is the same

Who was present is no field: it is carried along beside them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.schema import AnswerOption, Item, Kind

from app.domain.reflection.answers import OUTCOME_TEXTS, Content, chosen_in
from app.domain.text import has_visible_text

Fields = Mapping[str, str | int]
"""Field code -> what it holds; a field that holds nothing is left out."""

YES = "yes"
"""What the field of an option holds that is chosen."""


@dataclass(frozen=True)
class AnswerShape:
    """How an answer of one kind of question comes apart into fields, and is put together."""

    #: Item -> the codes of its fields, in order.
    names: Callable[[Any], tuple[str, ...]]
    #: Content -> what its fields hold; what is in no field of the item is left out later.
    split: Callable[[Content], Mapping[str, Any]]
    #: Item and fields -> content.
    join: Callable[[Any, Fields], dict[str, object]]


def fields_of(item: Item) -> tuple[str, ...]:
    """The codes of the fields of an item, in order."""
    return SHAPES[item.kind].names(item)


def split_answer(item: Item, content: Content | None) -> Fields:
    """The fields of an answer that hold something. Answers that say the same have the same fields."""
    held = SHAPES[item.kind].split(content or {})
    return {name: value for name in fields_of(item) if (value := held.get(name)) not in (None, "")}


def join_answer(item: Item, fields: Fields) -> dict[str, object]:
    """The answer that these fields make, see `app.domain.reflection.answers`; an outcome without who was present."""
    return SHAPES[item.kind].join(item, fields)


def free_texts(item: Item) -> tuple[str, ...]:
    """The codes of the fields of an item in which a cluster writes in its own words, in order."""
    return tuple(name for name in fields_of(item) if name in (*OUTCOME_TEXTS, "text") or name.startswith("detail:"))


def text_at(item: Item, content: Content | None, field: str) -> str:
    """What was written in a field; "" where nothing can be read, or its option is not chosen."""
    option = field.removeprefix("detail:")
    text = str(split_answer(item, content).get(field, ""))
    is_asked = option == field or option in chosen_in(content)
    return text if is_asked and has_visible_text(text) else ""


def _parts(*names: str, empty: object = "") -> AnswerShape:
    """A field for each of these parts of the content; `empty` is what a part holds where its field holds nothing."""
    return AnswerShape(
        names=lambda _item: names,
        split=lambda content: content,
        join=lambda _item, fields: {name: fields.get(name, empty) for name in names},
    )


def _detail_fields(options: Iterable[AnswerOption]) -> tuple[str, ...]:
    return tuple(f"detail:{option.code}" for option in options if option.detail)


def _details(content: Content) -> Fields:
    return {f"detail:{code}": text for code, text in content.get("details", {}).items()}


def _joined_details(fields: Fields) -> dict[str, object]:
    return {name.removeprefix("detail:"): value for name, value in fields.items() if name.startswith("detail:")}


CHOICE = AnswerShape(
    names=lambda item: ("chosen", *_detail_fields(item.options)),
    split=lambda content: {"chosen": next(iter(chosen_in(content)), ""), **_details(content)},
    join=lambda _item, fields: {
        "chosen": [fields["chosen"]] if "chosen" in fields else [],
        "details": _joined_details(fields),
    },
)
CHOICES = AnswerShape(
    names=lambda item: tuple(
        name for option in item.options for name in (f"chosen:{option.code}", *_detail_fields([option]))
    ),
    split=lambda content: {**{f"chosen:{code}": YES for code in chosen_in(content)}, **_details(content)},
    join=lambda item, fields: {
        "chosen": [option.code for option in item.options if fields.get(f"chosen:{option.code}") == YES],
        "details": _joined_details(fields),
    },
)
RANKING = AnswerShape(
    names=lambda item: tuple(f"ranked:{place}" for place in range(1, item.most + 1)),
    split=lambda content: {f"ranked:{place}": code for place, code in enumerate(content.get("ranked", ()), 1)},
    join=lambda item, fields: {"ranked": [fields[name] for name in fields_of(item) if name in fields]},
)
SHAPES: Mapping[Kind, AnswerShape] = {
    Kind.OUTCOME: _parts("level", *OUTCOME_TEXTS),
    Kind.TEXT: _parts("text"),
    Kind.LINE: _parts("text"),
    Kind.NUMBER: _parts("number", empty=None),
    Kind.CHOICE: CHOICE,
    Kind.CHOICES: CHOICES,
    Kind.RANKING: RANKING,
}
"""Kind of question -> the fields of its answers."""
