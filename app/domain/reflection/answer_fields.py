"""Split an answer into single fields of one value each, as workbooks and tables have them, and join them again.

    outcome   level, why, evidence, next_step
    choice    chosen, detail:<option>
    choices   chosen:<option> (YES or nothing), detail:<option>
    ranking   ranked:1, ranked:2 ...
    number    number
    text      text        line is the same

Who was present is no field: it is carried along beside them.
"""

from collections.abc import Mapping

from surveys.schema import Item, Kind, Outcome, Question

from app.domain.reflection.answers import OUTCOME_TEXTS, Content, chosen_in
from app.domain.text import has_visible_text

Fields = Mapping[str, str | int]
"""Field code -> what it holds; a field that holds nothing is left out."""

YES = "yes"
"""What the field of an option holds that is chosen."""


def fields_of(item: Item) -> tuple[str, ...]:
    """The codes of the fields of an item, in order."""
    if isinstance(item, Outcome):
        return ("level", *OUTCOME_TEXTS)
    if item.kind is Kind.RANKING:
        return tuple(f"ranked:{place}" for place in range(1, item.most + 1))
    if item.kind in (Kind.CHOICE, Kind.CHOICES):
        return (*(() if item.kind is Kind.CHOICES else ("chosen",)), *_option_fields(item))
    return ("number",) if item.kind is Kind.NUMBER else ("text",)


def split_answer(item: Item, content: Content | None) -> Fields:
    """The fields of an answer that hold something. Answers that say the same have the same fields."""
    content = content or {}
    held = {name: content.get(name) for name in ("level", *OUTCOME_TEXTS, "text", "number")}
    held |= {f"detail:{code}": text for code, text in content.get("details", {}).items()}
    held |= {f"ranked:{place}": code for place, code in enumerate(content.get("ranked", ()), 1)}
    if item.kind is Kind.CHOICES:
        held |= {f"chosen:{code}": YES for code in chosen_in(content)}
    elif chosen := chosen_in(content):
        held["chosen"] = chosen[0]
    return {name: value for name in fields_of(item) if (value := held.get(name)) not in (None, "")}


def free_texts(item: Item) -> tuple[str, ...]:
    """The codes of the fields of an item in which a cluster writes in its own words, in order."""
    return tuple(name for name in fields_of(item) if name in (*OUTCOME_TEXTS, "text") or name.startswith("detail:"))


def text_at(item: Item, content: Content | None, field: str) -> str:
    """What was written in a field; "" where nothing can be read, or its option is not chosen."""
    option = field.removeprefix("detail:")
    text = str(split_answer(item, content).get(field, ""))
    is_asked = option == field or option in chosen_in(content)
    return text if is_asked and has_visible_text(text) else ""


def join_answer(item: Item, fields: Fields) -> dict[str, object]:
    """The answer that these fields make, see `app.domain.reflection.answers`; an outcome without who was present."""
    if isinstance(item, Outcome):
        return {name: fields.get(name, "") for name in fields_of(item)}
    if item.kind is Kind.RANKING:
        return {"ranked": [fields[name] for name in fields_of(item) if name in fields]}
    if item.kind in (Kind.CHOICE, Kind.CHOICES):
        return {"chosen": _chosen(item, fields), "details": _after_colon("detail:", fields)}
    if item.kind is Kind.NUMBER:
        return {"number": fields.get("number")}
    return {"text": fields.get("text", "")}


def _option_fields(item: Question) -> list[str]:
    names = []
    for option in item.options:
        if item.kind is Kind.CHOICES:
            names.append(f"chosen:{option.code}")
        if option.detail:
            names.append(f"detail:{option.code}")
    return names


def _chosen(item: Question, fields: Fields) -> list[object]:
    if item.kind is Kind.CHOICES:
        return [option.code for option in item.options if fields.get(f"chosen:{option.code}") == YES]
    return [fields["chosen"]] if "chosen" in fields else []


def _after_colon(prefix: str, fields: Fields) -> dict[str, object]:
    return {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}
