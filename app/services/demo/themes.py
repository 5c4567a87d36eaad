"""Themes in the demonstration: invented texts of the past cycle, their coding and approved quotes."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from surveys.schema import LANGUAGES, BilingualText, Item, QuestionRole

from app.db import session, transaction
from app.domain.reflection.answers import Content, chosen_in
from app.domain.themes.quotes import checked_quote
from app.models import Coding, Cycle, Person, Quote, Theme, ThemeName
from app.services.survey.queries import questionnaire_of
from app.services.themes.texts import FreeField, FreeText, find_field, texts_of_field

SHARE_WRITTEN = 0.7
"""Probability that a cluster wrote a text in a field."""

LEFT_TO_READ = 5
"""Number of texts in each field that are not coded yet."""

MARK = BilingualText("Invented for demonstration", "Wedi'i ddyfeisio at ddibenion arddangos")


@dataclass(frozen=True)
class InventedTheme:
    """A theme, and a sentence that expresses it."""

    theme: BilingualText
    sentence: BilingualText


FUNDING = (
    InventedTheme(
        BilingualText("Money for one year at a time", "Arian am flwyddyn ar y tro"),
        BilingualText(
            "Money comes for one year at a time, so we cannot keep the people we have trained.",
            "Daw'r arian am flwyddyn ar y tro, felly ni allwn gadw'r bobl rydym wedi'u hyfforddi.",
        ),
    ),
    InventedTheme(
        BilingualText("Money that arrives late", "Arian sy'n cyrraedd yn hwyr"),
        BilingualText(
            "What was agreed in spring reached us in autumn, and then had to be spent within months.",
            "Yn yr hydref y cyrhaeddodd yr hyn y cytunwyd arno yn y gwanwyn, ac roedd rhaid ei wario o fewn misoedd.",
        ),
    ),
    InventedTheme(
        BilingualText("No money for time to plan", "Dim arian ar gyfer amser i gynllunio"),
        BilingualText(
            "Nobody is paid for the hours in which we plan together, so those hours do not happen.",
            "Ni thelir neb am yr oriau pan fyddwn yn cynllunio gyda'n gilydd, felly nid ydynt yn digwydd.",
        ),
    ),
)
RELATIONSHIPS = (
    InventedTheme(
        BilingualText("Knowing whom to ask", "Gwybod i bwy i ofyn"),
        BilingualText(
            "We know one another now, and a question that took a letter takes one telephone call.",
            "Rydym yn adnabod ein gilydd bellach, ac un alwad ffôn sydd ei hangen lle bu angen llythyr.",
        ),
    ),
    InventedTheme(
        BilingualText("Meeting across professions", "Cyfarfod ar draws proffesiynau"),
        BilingualText(
            "Pharmacists, optometrists and nurses sit at one table each month and share what they see.",
            "Mae fferyllwyr, optometryddion a nyrsys yn eistedd wrth yr un bwrdd bob mis ac yn rhannu'r hyn a welant.",
        ),
    ),
)
NEXT = (
    InventedTheme(
        BilingualText("Agree funding for longer", "Cytuno ar gyllid am gyfnod hwy"),
        BilingualText(
            "Agree the money for three years, so that we can plan further than the next winter.",
            "Cytuno ar yr arian am dair blynedd, er mwyn inni allu cynllunio ymhellach na'r gaeaf nesaf.",
        ),
    ),
    InventedTheme(
        BilingualText("Share records between services", "Rhannu cofnodion rhwng gwasanaethau"),
        BilingualText(
            "Let everyone who looks after a patient see the same record.",
            "Gadael i bawb sy'n gofalu am glaf weld yr un cofnod.",
        ),
    ),
    InventedTheme(
        BilingualText("Ask for fewer reports", "Gofyn am lai o adroddiadau"),
        BilingualText(
            "Ask us for one report a year instead of one each quarter.",
            "Gofyn inni am un adroddiad y flwyddyn yn lle un bob chwarter.",
        ),
    ),
)
FIELDS: Mapping[tuple[QuestionRole, str], tuple[InventedTheme, ...]] = {
    (QuestionRole.BARRIERS, "detail:funding"): FUNDING,
    (QuestionRole.ENABLERS, "detail:working_relationships"): RELATIONSHIPS,
    (QuestionRole.NEXT_FOR_PROGRAMME, "text"): NEXT,
}
"""(Role of a question, field) -> the themes and sentences invented for it."""


def with_invented_text(item: Item, content: Content, cluster: str, language: str) -> Content:
    """Return the content with an invented text if the item has a field for one; it depends only on the cluster."""
    for (role, field), invented in FIELDS.items():
        option = field.removeprefix("detail:")
        if role is item.role and (option == field or option in chosen_in(content)):
            return _written(content, field, _text(f"{cluster} {field}", invented, language))
    return content


def load_demonstration_themes(cycle: Cycle, by: Person, when: datetime) -> None:
    """Store the themes, code all but LEFT_TO_READ texts of each field, approve a quote by theme and language."""
    with transaction():  # one transaction for all: nobody else uses the database yet
        for asked, invented in _fields(cycle):
            themes = [_theme(each.theme, position, by, when) for position, each in enumerate(invented, start=1)]
            for theme in themes:
                theme.cycle_year, theme.item, theme.field = cycle.year, *asked.key
            session.add_all(themes)
            texts = texts_of_field(cycle, asked)[:-LEFT_TO_READ]
            pairs = list(zip(themes, invented, strict=True))
            for text in texts:
                found = [theme for theme, each in pairs if each.sentence[text.language] in text.text]
                session.add(_coding(text, found, by, when))
            for theme, each in pairs:
                session.add_all(_quote(text, theme, each, by, when) for text in _examples(each, texts))


def _fields(cycle: Cycle) -> Iterator[tuple[FreeField, tuple[InventedTheme, ...]]]:
    """Yield the fields of FIELDS that the cycle asks, each with its invented themes."""
    for (role, field), invented in FIELDS.items():
        if question := questionnaire_of(cycle).question_for(role):
            yield find_field(cycle, question.code, field), invented


def _text(seed: str, invented: tuple[InventedTheme, ...], language: str) -> str:
    chance = random.Random(seed)  # noqa: S311 - invented data, not a secret
    if chance.random() > SHARE_WRITTEN:
        return ""
    said = chance.sample(invented, chance.choice((1, 1, 2)))
    return f"{MARK[language]}. " + " ".join(each.sentence[language] for each in said)


def _written(content: Content, field: str, text: str) -> Content:
    if field == "text":
        return {**content, "text": text}
    details = {**content["details"], field.removeprefix("detail:"): text}
    return {**content, "details": {option: typed for option, typed in details.items() if typed}}


def _theme(name: BilingualText, position: int, by: Person, when: datetime) -> Theme:
    first = ThemeName(version=1, name_en=name.en, name_cy=name.cy, saved_at=when, saved_by_id=by.id)
    return Theme(position=position, names=[first])


def _coding(text: FreeText, themes: list[Theme], by: Person, when: datetime) -> Coding:
    item, field = text.asked.key
    return Coding(
        reflection_id=text.reflection.id,
        item=item,
        field=field,
        version=1,
        submission_id=text.submission.id,
        saved_at=when,
        saved_by_id=by.id,
        themes=themes,
    )


def _examples(invented: InventedTheme, texts: Sequence[FreeText]) -> list[FreeText]:
    """Return the first text in each language that contains the sentence; at most two."""
    of_language = (
        [each for each in texts if each.language == language and invented.sentence[language] in each.text]
        for language in LANGUAGES
    )
    return [found[0] for found in of_language if found]


def _quote(text: FreeText, theme: Theme, invented: InventedTheme, by: Person, when: datetime) -> Quote:
    item, field = text.asked.key
    return Quote(
        submission_id=text.submission.id,
        item=item,
        field=field,
        text=checked_quote(invented.sentence[text.language], text.text),
        language=text.language,
        theme=theme,
        cleared_at=when + timedelta(days=1),
        cleared_by_id=by.id,
    )
