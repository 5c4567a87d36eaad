"""Invented answers for the demonstration, one function for each kind of question."""

import random
from collections.abc import Callable, Mapping

from surveys.schema import UNABLE, Item, Kind, Outcome, Question

from app.domain.reflection.answers import Content, chosen_in

LEVEL_WEIGHTS = {"foundation": 44, "developing": 43, "mature": 10, UNABLE: 3}
"""Relative weights, after the published result of 2024: most clusters at Foundation or Developing."""

OPTION_CHANCES = {"funding": 0.87, "engagement": 0.6, "lack_of_time": 0.55, "lack_of_clarity": 0.5, "bureaucracy": 0.45}
"""Probability that an option is chosen (others 0.5), after the published result of 2024: funding named most often."""


def _invented_outcome(item: Outcome, chance: random.Random, language: str, _answers: object) -> Content:
    codes = (*item.descriptors, UNABLE)
    level = chance.choices(codes, [LEVEL_WEIGHTS[code] for code in codes])[0]
    example = chance.choice(item.evidence)[language]
    return {
        "level": level,
        "why": "",
        "evidence": f"{INVENTED_MARK[language]}: {example}",
        "next_step": NEXT_STEP[language],
        "present": None,
    }


def _invented_choice(item: Question, chance: random.Random, _language: str, _answers: object) -> Content:
    return {
        "chosen": [chance.choice([option.code for option in item.options if not option.needs_detail])],
        "details": {},
    }


def _invented_choices(item: Question, chance: random.Random, _language: str, _answers: object) -> Content:
    possible = [option.code for option in item.options if not (option.needs_detail or option.exclusive)]
    chosen = [code for code in possible if chance.random() < OPTION_CHANCES.get(code, 0.5)]
    return {"chosen": chosen or possible[:1], "details": {}}


def _invented_ranking(item: Question, chance: random.Random, _language: str, answers: Mapping[str, Content]) -> Content:
    chosen = sorted(
        chosen_in(answers[item.of]), key=lambda code: (-OPTION_CHANCES.get(code, 0.5) * chance.random(), code)
    )
    return {"ranked": chosen[: item.most]}


def _invented_number(item: Question, chance: random.Random, _language: str, _answers: object) -> Content:
    return {"number": chance.randint(max(1, item.minimum), 24)}


def _invented_text(_item: Item, _chance: random.Random, language: str, _answers: object) -> Content:
    return {"text": INVENTED_MARK[language]}


INVENTED_MARK = {"en": "Invented for demonstration", "cy": "Wedi'i ddyfeisio at ddibenion arddangos"}
NEXT_STEP = {
    "en": "Agree at the next cluster meeting who leads on this, and look again in six months.",
    "cy": "Cytuno yng nghyfarfod nesaf y clwstwr pwy sy'n arwain ar hyn, ac edrych eto ymhen chwe mis.",
}
INVENTED: Mapping[Kind, Callable[..., Content]] = {
    Kind.OUTCOME: _invented_outcome,
    Kind.TEXT: _invented_text,
    Kind.LINE: _invented_text,
    Kind.NUMBER: _invented_number,
    Kind.CHOICE: _invented_choice,
    Kind.CHOICES: _invented_choices,
    Kind.RANKING: _invented_ranking,
}
"""Kind of question -> the function that invents an answer to it."""
