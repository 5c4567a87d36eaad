"""Answer every question of a reflection over HTTP."""

from surveys.loader import current_questionnaire
from surveys.schema import Kind

QUESTIONNAIRE = current_questionnaire()

HOME = "/reflections/2026/north-powys"

FIRST = f"{HOME}/questions/PCMW-01"

TYPED = {
    Kind.OUTCOME: {"level": "developing", "evidence": "Tŷ a gŵyl 🙂 <b>", "next_step": "\u200fשלום"},
    Kind.TEXT: {"text": "Words."},
    Kind.LINE: {"text": "Words."},
    Kind.NUMBER: {"number": "12"},
    Kind.RANKING: {"place_0": "funding", "place_1": "lack_of_time"},
}


def typed_into(item) -> dict[str, object]:
    if item.kind is Kind.CHOICE:
        return {"chosen": item.options[0].code}
    if item.kind is Kind.CHOICES:
        return {"chosen": [option.code for option in item.options if not option.exclusive and option.code != "other"]}
    if item.code == "FACTORS-5":
        return {"place_0": "leadership"}
    return TYPED[item.kind]


def answer_everything(visitor) -> None:
    visitor.open(f"{HOME}/questions/{next(iter(QUESTIONNAIRE.items))}")
    for item in QUESTIONNAIRE.items.values():
        assert visitor.page.heading == item.title[visitor.language]
        visitor.press(**typed_into(item))
