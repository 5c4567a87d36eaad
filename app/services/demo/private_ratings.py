"""Private ratings for the demonstration, by the invented people of one cluster."""

import random
from datetime import datetime, timedelta

from surveys.schema import UNABLE

from app.db import session, transaction
from app.domain.people.roles import OF_A_CLUSTER
from app.models import PrivateRating, Reflection
from app.services.people.queries import people_of_cluster
from app.services.survey.queries import questionnaire_of

SHARE_GIVEN = 0.8
"""Probability that a person has rated an outcome."""

NOTES = {
    "en": ("Invented: we do this in two practices of five.", "Invented: the pharmacies are not yet part of it."),
    "cy": ("Wedi'i ddyfeisio: rydym yn gwneud hyn mewn dau bractis o bump.",),
}


def load_demonstration_ratings(reflection: Reflection, chance: random.Random, when: datetime) -> None:
    """Store private ratings by the people of a cluster: on some outcomes alike, on others far apart; commits once."""
    with transaction():
        questionnaire = questionnaire_of(reflection.cycle)
        for outcome in questionnaire.outcomes:
            weights = [chance.choice((1, 5, 20)) for _level in questionnaire.levels]
            for person in people_of_cluster(reflection.cluster_id, OF_A_CLUSTER):
                if chance.random() < SHARE_GIVEN:
                    level = chance.choices([*questionnaire.levels, UNABLE], [*weights, 1])[0]
                    note = chance.choice(("", "", "", *NOTES[person.language]))
                    session.add(_view(reflection, outcome.code, person.id, (level, note), when))
                    when += timedelta(minutes=1)


def _view(reflection: Reflection, item: str, person: int, said: tuple[str, str], when: datetime) -> PrivateRating:
    level, note = said
    return PrivateRating(
        reflection_id=reflection.id,
        item=item,
        person_id=person,
        level=level,
        note=note,
        version=1,
        client_id="",
        sequence_no=0,
        saved_at=when,
    )
