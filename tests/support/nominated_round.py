"""A round of peer review: a cluster of each board with a lead, a submission and a nomination."""

import random
from collections.abc import Sequence
from datetime import date

from surveys.schema import LEVELS, UNABLE

from app.db import session, transaction
from app.domain.people.roles import RECORDERS, Role
from app.models import Answer, Cycle, Person, Publication, Reflection, Submission
from app.services.cycle.commands import open_cycle
from app.services.peer_review.nomination_commands import nominate_cluster
from app.services.people.commands import Invitation, invite_person
from app.services.people.queries import people_of_cluster
from app.services.reflection.queries import find_reflection, reflections_of_cycle
from app.services.survey.queries import questionnaire_of
from tests.support.application import NOW


def nominees(cycle: Cycle, boards: int = 7) -> list[Reflection]:
    """Return the reflection of the first cluster of each of `boards` boards, Powys first."""
    firsts: dict[str, Reflection] = {}
    for reflection in reflections_of_cycle(cycle.year):
        firsts.setdefault(reflection.board_code, reflection)
    firsts["7A7"] = find_reflection(cycle.year, "north-powys")
    return sorted(firsts.values(), key=lambda each: (each.board_code != "7A7", each.board_code))[:boards]


def lead_of(reflection: Reflection) -> Person:
    """Return the lead of a cluster; invite one if it has none."""
    found = people_of_cluster(reflection.cluster_id, RECORDERS)
    if found:
        return found[0]
    code = reflection.cluster.code
    return invite_person(Invitation(f"lead@{code}.wales", f"Lead of {code}", Role.LEAD, code), address=None)


def submit(reflection: Reflection, seed: int = 1) -> Submission:
    """Submit with random levels and a short text on every outcome."""
    lead, chance = lead_of(reflection), random.Random(f"{seed} {reflection.cluster.code}")
    with transaction():
        codes = [outcome.code for outcome in questionnaire_of(reflection.cycle).outcomes]
        for code in codes:
            content = {
                "level": chance.choice([*LEVELS, *LEVELS, UNABLE]),
                "why": f"Why {code}",
                "evidence": f"Evidence on {code}",
                "next_step": f"Next step on {code}",
                "present": None,
            }
            version = Answer(
                reflection_id=reflection.id,
                item=code,
                version=len(reflection.submissions) + 1,
                content=content,
                language="en",
                saved_at=NOW,
                saved_by_id=lead.id,
            )
            session.add(version)
        number = len(reflection.submissions) + 1
        if standing := reflection.standing:
            standing.reopened_at, standing.reopened_by_id, standing.reopened_reason = NOW, lead.id, "Something changed."
            session.flush()
        submission = Submission(
            reflection=reflection,
            number=number,
            reference=f"{reflection.cycle_year}-{reflection.cluster.code}-{number}",
            versions=dict.fromkeys(codes, number),
            submitted_at=NOW,
            submitted_by_id=lead.id,
        )
        session.add(submission)
    return submission


def nominate(cycle: Cycle, boards: int = 7, *, submitted: bool = True, wishes: Sequence[str] = ()) -> list[Reflection]:
    """Nominate one cluster for each of `boards` boards."""
    chosen = nominees(cycle, boards)
    for reflection in chosen:
        lead = lead_of(reflection)
        if submitted and not reflection.latest:
            submit(reflection)
        nominate_cluster(reflection, contacts=[lead.id], wishes=wishes, by=lead, now=NOW, most=1)
    return chosen


def publish_reports(cycle: Cycle, by: Person) -> None:
    """Store a publication of a cycle, which finishes its round of peer review."""
    with transaction():
        row = Publication(
            cycle_year=cycle.year,
            number=1,
            content="{}",
            counts={},
            together=[],
            agreed=[],
            snapshot_hash="0" * 64,
            app_version="0",
            published_at=NOW,
            published_by_id=by.id,
        )
        session.add(row)


def begin_later(cycle: Cycle, _by: Person) -> None:
    """Open a later cycle that has begun, which finishes the round of peer review before it."""
    open_cycle(cycle.year + 1, NOW.date(), date(cycle.year + 1, 5, 31))
