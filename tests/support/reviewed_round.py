"""Three clusters in a ring of peer review: nominated, submitted with a unique word in every field, allocated."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select

from app.db import session, transaction
from app.domain.peer_review.allocation.problem import AllocationProblem, Nominee, OutcomeSet
from app.domain.peer_review.allocation.problem_hash import canonical
from app.domain.peer_review.review import Side
from app.domain.people.roles import RECORDERS, Role
from app.domain.saving.decision import PendingSave
from app.models import Allocation, Answer, Nomination, Person, Reflection, Review, ReviewAssignment, Submission
from app.services.organisations.queries import find_cluster
from app.services.peer_review import review_commands as reviewing
from app.services.peer_review.review_commands import save_finding
from app.services.peer_review.review_queries import find_review
from app.services.peer_review.visible_review import load_visible_review
from app.services.people.commands import Invitation, invite_person
from app.services.people.queries import people_of_cluster
from app.services.reflection.queries import find_reflection, load_newest_answers
from app.services.survey.queries import questionnaire_of
from tests.support.application import NOW

YEAR = 2026
LEVELS = {"PCMW-01": "developing", "PCMW-05": "foundation", "ACD-2": "unable"}
"""The levels of North Powys on the outcomes of its review; it chooses "mature" on all others."""

RING = (
    ("rhondda", "north-powys", tuple(LEVELS)),
    ("north-powys", "neath", ("PCMW-02", "PCMW-06", "ACD-3")),
    ("neath", "rhondda", ("PCMW-03", "PCMW-07", "ACD-4")),
)
REVIEWER, SECOND, ADVISER, BYSTANDER, THIRD, HOST = (
    "reviewer@example.wales",
    "second.reviewer@example.wales",
    "adviser@example.wales",
    "bystander@example.wales",
    "third@example.wales",
    "host@example.wales",
)
"""Of Rhondda, which reviews North Powys: lead, deputy, contact person, member; leads of Neath and of North Powys."""

PEOPLE = (
    Invitation(REVIEWER, "Rhys Reviewer", Role.LEAD, "rhondda"),
    Invitation(SECOND, "Sara Second", Role.DEPUTY, "rhondda"),
    Invitation(ADVISER, "Alun Adviser", Role.MEMBER, "rhondda", "cy"),
    Invitation(BYSTANDER, "Bethan Bystander", Role.MEMBER, "rhondda"),
    Invitation(THIRD, "Teleri Third", Role.LEAD, "neath"),
    Invitation(HOST, "Huw Host", Role.LEAD, "north-powys", "cy"),
)


def marker(cluster: str, item: str, box: str, by: str = "submitted") -> str:
    """Return the word that is in one field of one answer and nowhere else."""
    return f"{by}-{cluster}-{item}-{box}-word"


def invite() -> dict[str, Person]:
    """Invite the people who take part; return e-mail address -> person."""
    return {each.email: invite_person(each, address=None) for each in PEOPLE}


def person(email: str) -> Person:
    return session.scalars(select(Person).filter_by(email=email)).one()


def submit_all() -> None:
    """Submit for the three clusters, with a unique word in every field of every outcome."""
    for cluster, *_rest in RING:
        submit(cluster)


def submit(cluster: str, by: str = "submitted", versions_over: int = 0) -> Submission:
    """Submit for a cluster, with `versions_over` earlier versions of every answer."""
    with transaction():
        reflection = find_reflection(YEAR, cluster)
        lead, codes = _lead(reflection), [each.code for each in questionnaire_of(reflection.cycle).outcomes]
        session.add_all(_answer(reflection, cluster, code, by, versions_over + 1, lead) for code in codes)
        number = len(reflection.submissions) + 1
        submission = Submission(
            reflection=reflection,
            number=number,
            reference=f"{YEAR}-{cluster}-{number}",
            versions=dict.fromkeys(codes, versions_over + 1),
            submitted_at=NOW + timedelta(minutes=number),
            submitted_by_id=lead.id,
        )
        session.add(submission)
    return submission


def reopen(cluster: str, by: Person) -> None:
    """Reopen the reflection of a cluster."""
    with transaction():
        standing = find_reflection(YEAR, cluster).standing
        standing.reopened_at, standing.reopened_by_id, standing.reopened_reason = NOW, by.id, "A figure was wrong."


def draft(cluster: str, by: str) -> None:
    """Save a newer version of every answer of a reopened cluster, without submitting."""
    with transaction():
        reflection = find_reflection(YEAR, cluster)
        newest = load_newest_answers([reflection.id])[reflection.id]
        for code, answer in newest.items():
            session.add(_answer(reflection, cluster, code, by, answer.version + 1, _lead(reflection)))


def publish(ring: Sequence[tuple[str, str, Collection[str]]] = RING, *, contacts: bool = True) -> None:
    """Nominate the clusters, publish an allocation with these rows, and create the new reviews."""
    with transaction():
        staff = session.scalars(select(Person).order_by(Person.id)).first()
        for reviewer, _reviewed, _outcomes in ring:
            _nominate(reviewer, staff, contacts=contacts)
        number = 1 + len(session.scalars(select(Allocation)).all())
        allocation = Allocation(
            cycle_year=YEAR,
            number=number,
            problem=canonical(_problem(ring)),
            problem_hash="0" * 64,
            certificate={"order": "full", "value": [0], "bound": [0]},
            app_version="0",
            proposed_at=NOW,
            proposed_by_id=staff.id,
            published_at=NOW,
            published_by_id=staff.id,
            reason="Drawn anew." if number > 1 else "",
        )
        allocation.assignments = [
            ReviewAssignment(
                position=place, reviewer=_cluster(reviewer), reviewed=_cluster(reviewed), outcomes=list(outcomes)
            )
            for place, (reviewer, reviewed, outcomes) in enumerate(ring)
        ]
        session.add(allocation)
        for reviewer, reviewed, _outcomes in ring:
            _review(_cluster(reviewer).id, _cluster(reviewed).id)


def find_everything(by: Person, practice: str = "A shared rota.") -> None:
    """Save findings with text in every field, as a reviewer of North Powys."""
    review = find_review(YEAR, "north-powys")
    for code in LEVELS:
        content = {
            "level": "developing",
            "heard": f"Heard on {code}.",
            "good_practice": practice,
            "suggestion": "Go on.",
        }
        save_finding(review, Side.REVIEWER, PendingSave(code, content, 0, "en"), by, NOW)


def return_review(by: Person) -> None:
    """Fill in and return the review of North Powys."""
    find_everything(by)
    hand_back(by)


def hand_back(by: Person) -> None:
    """Return the review of North Powys as it is."""
    review = find_review(YEAR, "north-powys")
    submission = load_visible_review(review, Side.REVIEWER).submission.id
    reviewing.return_review(review, submission, by, NOW, address="http://localhost")


def _nominate(code: str, staff: Person, *, contacts: bool) -> None:
    cluster = _cluster(code)
    if session.scalar(select(Nomination).filter_by(cycle_year=YEAR, cluster_id=cluster.id)):
        return
    contact = session.scalar(select(Person).filter_by(email=ADVISER)) if contacts and code == "rhondda" else None
    session.add(
        Nomination(
            cycle_year=YEAR,
            cluster=cluster,
            board_code=cluster.board_code,
            wishes=[],
            nominated_at=NOW,
            nominated_by_id=staff.id,
            contacts=[contact] if contact else [],
        )
    )


def _problem(ring: Sequence[tuple[str, str, Collection[str]]]) -> AllocationProblem:
    allotted = sorted({code for _reviewer, _reviewed, outcomes in ring for code in outcomes})
    return AllocationProblem(
        YEAR,
        tuple(Nominee(reviewer, _cluster(reviewer).board_code) for reviewer, *_rest in ring),
        tuple(
            OutcomeSet(slug.lower(), tuple(code for code in allotted if code.startswith(slug)), each)
            for slug, each in (("PCMW", 2), ("ACD", 1))
        ),
    )


def _review(reviewer_id: int, reviewed_id: int) -> None:
    pair = {"cycle_year": YEAR, "reviewer_id": reviewer_id, "reviewed_id": reviewed_id}
    if not session.scalar(select(Review).filter_by(**pair)):
        session.add(Review(**pair))


def _cluster(code: str):
    return find_cluster(code)


def _lead(reflection: Reflection) -> Person:
    return people_of_cluster(reflection.cluster_id, RECORDERS)[0]


def _answer(reflection: Reflection, cluster: str, code: str, by: str, version: int, lead: Person) -> Answer:
    texts = {box: marker(cluster, code, box, by) for box in ("why", "evidence", "next_step")}
    level = LEVELS.get(code, "mature") if cluster == "north-powys" else "mature"
    return Answer(
        reflection_id=reflection.id,
        item=code,
        version=version,
        content={"level": level, **texts, "present": {"count": 4321, "groups": ["dentistry"]}},
        language="en",
        saved_at=NOW,
        saved_by_id=lead.id,
    )
