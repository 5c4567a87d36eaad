"""Numbers in sentences: the number of a rule is taken from the rule; all other numbers are listed here."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from app.domain.accounts.rules import LINKS_AN_HOUR_FOR_AN_ADDRESS
from app.domain.peer_review.rules import MOST_WISHES
from app.domain.saving.rules import MAXIMUM_STASHED_FORMS

CATALOGUE = Path("app/translations/cy/LC_MESSAGES/messages.po")
NUMBER = re.compile(
    r"(?<![\w%(])[0-9][0-9.,:]*|\b(?:five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|hundred)\b"
)
NOT_RULES = (
    *("1. Write", "2. Leave", "3. Do not", "4. Save", "5. In the service"),  # steps of the workbook's guide
    *("3 6 2026", "9:30 or 14:00", "example, 14:00", "2027.1 after 2026.1"),  # examples of what to type
    *("would be 1", "would be 0", "95 per cent", "from 0 (half", "to 1 (everyone"),  # scales of measures
    *("Wierman, 2007", "Cohen, 1968", "Guidelines 2.2", "PDF/UA-1", "UTF-8"),  # sources and standards
    *("after 6 rounds", "all 20 outcomes", "after 7 rounds"),  # seven boards and the outcomes of today
    *("numbered from 1", "name of 1 to", "Write 1 to 200"),
)
"""Numbers that no rule of the product sets, each with the words beside it in the sentence."""

IN_WORDS = {
    "up to five an hour": (LINKS_AN_HOUR_FOR_AN_ADDRESS, 5),
    "Choose up to five": (MOST_WISHES, 5),
    "up to ten forms": (MAXIMUM_STASHED_FORMS, 10),
}
"""Sentences with the number of a rule as a word, which mutates in Welsh: the rule, and the text of the sentence."""


def sentences() -> list[str]:
    with CATALOGUE.open("rb") as file:
        return [
            each
            for message in read_po(file)
            if message.id
            for each in (message.pluralizable and message.id) or [message.id]
        ]


def test_a_sentence_names_no_number_that_is_not_listed():
    unlisted = []
    for sentence in sentences():
        rest = sentence
        for known in (*NOT_RULES, *IN_WORDS):
            rest = rest.replace(known, "")
        unlisted += [(found, sentence) for found in NUMBER.findall(rest)]
    assert unlisted == []


def test_every_number_that_is_listed_is_in_a_sentence():
    everything = "\n".join(sentences())
    assert [known for known in (*NOT_RULES, *IN_WORDS) if known not in everything] == []


def test_a_number_in_words_is_that_of_its_rule():
    assert {words: rule for words, (rule, said) in IN_WORDS.items() if rule != said} == {}
