"""Peer review in the demonstration: a past round with its reviews, and a present one with nominations only."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from surveys.schema import LEVELS

from app.domain.peer_review.review import Side
from app.domain.reflection.answers import level_of
from app.domain.saving.decision import PendingSave
from app.models import Cycle, Person, Reflection, Review, ReviewAssignment
from app.services.demo.people import lead_of, lead_of_cluster
from app.services.organisations.queries import list_boards
from app.services.peer_review.allocation_commands import propose_allocation, publish_allocation
from app.services.peer_review.nomination_commands import nominate_cluster
from app.services.peer_review.review_commands import return_review, save_finding, send_reply
from app.services.peer_review.review_queries import find_review
from app.services.reflection.queries import find_reflection, load_submitted_answers, reflections_of_cycle
from app.services.survey.queries import questionnaire_of

MEMORY = 3
WISHES = 3
SHOWN_AROUND = "north-powys"
PEERS_AGREE = 0.6
"""Probability that the reviewers choose the cluster's own level; measured agreement among peers is modest."""

HEARD = {
    "en": "Invented for demonstration: we met four people of the cluster, who told us how they work on this.",
    "cy": "Wedi'i ddyfeisio at ddibenion arddangos: clywsom gan bedwar o bobl y clwstwr sut maent yn gweithio ar hyn.",
}
GOOD_PRACTICE = {
    "en": "One list of contacts for all professions, kept up to date by one person.",
    "cy": "Un rhestr o gysylltiadau ar gyfer pob proffesiwn, a gaiff ei diweddaru gan un person.",
}
SUGGESTION = {
    "en": "Agree on one measure and look at it at each meeting.",
    "cy": "Cytuno ar un mesur ac edrych arno ym mhob cyfarfod.",
}
REPLY = {
    "en": "Thank you. We will take this up in spring.",
    "cy": "Diolch. Byddwn yn mynd i'r afael â hyn yn y gwanwyn.",
}


def load_past(cycle: Cycle, chance: random.Random, publisher: Person) -> None:
    """Create a whole round: nominations, a published allocation, returned reviews; two have no reply yet."""
    when = datetime(cycle.year, 6, 10, 9, tzinfo=UTC)
    nominate_clusters(cycle, chance, when, [board.ods_code for board in list_boards()])
    propose_allocation(cycle, publisher, when, MEMORY)
    published = publish_allocation(cycle, publisher, "", when, memory=MEMORY, address=None)
    waiting = [each for each in published.assignments if SHOWN_AROUND not in (each.reviewer.code, each.reviewed.code)]
    for assignment in published.assignments:
        write_review(assignment, chance, when + timedelta(days=20), is_replied=assignment not in waiting[:2])


def load_present(cycle: Cycle, chance: random.Random, now: datetime) -> None:
    """Nominate a cluster for every board except the board of SHOWN_AROUND."""
    here = find_reflection(cycle.year, SHOWN_AROUND).board_code
    nominate_clusters(cycle, chance, now, [board.ods_code for board in list_boards() if board.ods_code != here])


def nominate_clusters(cycle: Cycle, chance: random.Random, now: datetime, boards: Sequence[str]) -> None:
    """Nominate one cluster of each of these boards (ODS codes), with WISHES preferred outcomes each."""
    codes = [outcome.code for outcome in questionnaire_of(cycle).outcomes]
    for reflection in _chosen(cycle, boards):
        lead, wishes = lead_of(reflection), chance.sample(codes, WISHES)
        nominate_cluster(reflection, contacts=[lead.id], wishes=wishes, by=lead, now=now, most=1)


def _chosen(cycle: Cycle, boards: Sequence[str]) -> list[Reflection]:
    """Return one submitted reflection for each board, preferring that of SHOWN_AROUND."""
    submitted = [each for each in reflections_of_cycle(cycle.year) if each.latest]
    submitted.sort(key=lambda each: each.cluster.code != SHOWN_AROUND)
    return [next(each for each in submitted if each.board_code == board) for board in boards]


def write_review(assignment: ReviewAssignment, chance: random.Random, now: datetime, *, is_replied: bool) -> None:
    """Write and return one review, and send the reply to it if `is_replied`."""
    review = find_review(assignment.allocation.cycle_year, assignment.reviewed.code)
    reflection = find_reflection(review.cycle_year, assignment.reviewed.code)
    submission = reflection.latest
    assert submission is not None  # noqa: S101 - only clusters that have submitted are nominated here
    language = chance.choice(("en", "cy"))
    reviewer, reviewed = lead_of_cluster(assignment.reviewer_id), lead_of(reflection)
    answers = load_submitted_answers([submission])[reflection.id]
    for outcome in assignment.outcomes:
        finding = _finding(level_of(answers[outcome].content), chance, language)
        save_finding(review, Side.REVIEWER, PendingSave(outcome, finding, 0, language), reviewer, now)
    return_review(review, submission.id, reviewer, now, address=None)
    if is_replied:
        _reply(review, assignment.outcomes, chance, reviewed, now + timedelta(days=5))


def _finding(own: str, chance: random.Random, language: str) -> dict[str, str]:
    agrees = own in LEVELS and chance.random() < PEERS_AGREE
    return {
        "level": own if agrees else chance.choice(LEVELS),
        "heard": HEARD[language],
        "good_practice": GOOD_PRACTICE[language] if chance.random() < 0.5 else "",
        "suggestion": SUGGESTION[language],
    }


def _reply(review: Review, outcomes: Sequence[str], chance: random.Random, by: Person, now: datetime) -> None:
    language = chance.choice(("en", "cy"))
    for outcome in outcomes:
        said = {"reply": REPLY[language], "share": chance.choice(("yes", "yes", "no"))}
        save_finding(review, Side.REVIEWED, PendingSave(outcome, said, 0, language), by, now)
    send_reply(review, by, now, address=None)
