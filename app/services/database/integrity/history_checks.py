"""Checks of histories: version numbers have no gaps, and every reference to a version finds it."""

from collections.abc import Iterator, Mapping

from sqlalchemy import func, or_, select

from app.db import session
from app.domain.database.integrity_fault import IntegrityFault
from app.models import (
    Allocation,
    Answer,
    Cluster,
    Coding,
    Cycle,
    Finding,
    Publication,
    Reflection,
    ReviewSubmission,
    Submission,
    ThemeName,
    Vote,
    VotingRound,
    Workshop,
)
from app.services.reflection.commands import answers_digest
from app.services.reflection.queries import answers_at_versions, load_submitted_answers

NUMBERED = (
    (Answer.version, (Answer.reflection_id, Answer.item)),
    (Finding.version, (Finding.review_id, Finding.side, Finding.item)),
    (Coding.version, (Coding.reflection_id, Coding.item, Coding.field)),
    (ThemeName.version, (ThemeName.theme_id,)),
    (Submission.number, (Submission.reflection_id,)),
    (Allocation.number, (Allocation.cycle_year,)),
    (Publication.number, (Publication.cycle_year,)),
)
"""Columns that are numbered 1, 2, 3 ..., each with the columns within which it is numbered."""


def gapless_versions() -> Iterator[IntegrityFault]:
    """Check that versions are numbered from 1 without gaps."""
    names = _names()
    for number, of in NUMBERED:
        has_gaps = or_(func.min(number) != 1, func.max(number) != func.count())
        for first, *rest in session.execute(select(*of).group_by(*of).having(has_gaps).order_by(*of)):
            owner = names[first] if of[0].key == "reflection_id" else first
            yield IntegrityFault("gap", " ".join(map(str, (number.class_.__tablename__, owner, *rest))))


def submissions_resolve() -> Iterator[IntegrityFault]:
    """Check that the answers of each submission exist and are unchanged: its reference ends in their hash."""
    for each in session.scalars(select(Submission).order_by(Submission.id)):
        answers = load_submitted_answers([each])[each.reflection_id]
        for item in sorted(each.versions.keys() - answers.keys()):
            yield IntegrityFault("submitted", f"{each.reference} {item} {each.versions[item]}")
        said = answers_digest({item: answer.content for item, answer in answers.items()})
        if each.versions.keys() == answers.keys() and not each.reference.endswith(f"-{said}"):
            yield IntegrityFault("submitted_otherwise", each.reference)


def one_current_submission() -> Iterator[IntegrityFault]:
    """Yield a fault where a submission before the last one of a reflection was not reopened."""
    for each in session.scalars(select(Submission).where(Submission.reopened_at.is_(None)).order_by(Submission.id)):
        later = select(Submission.id).filter_by(reflection_id=each.reflection_id).where(Submission.number > each.number)
        if session.scalar(later.limit(1)):
            yield IntegrityFault("standing", each.reference)


def review_submissions_resolve() -> Iterator[IntegrityFault]:
    """Yield a fault where a review submission points at a version that does not exist."""
    kept = set(session.execute(select(Finding.review_id, Finding.side, Finding.item, Finding.version)).all())
    for each in session.scalars(select(ReviewSubmission).order_by(ReviewSubmission.id)):
        for item, version in each.versions.items():
            if (each.review_id, each.side, item, version) not in kept:
                yield IntegrityFault("review_submission", f"{each.review_id} {each.side} {item} {version}")


def agreed_answers_resolve() -> Iterator[IntegrityFault]:
    """Yield a fault where a discussion agreed on a version of an answer that does not exist."""
    names = _names()
    for each in session.scalars(select(Workshop).order_by(Workshop.id)):
        found = answers_at_versions(each.reflection, each.agreed)
        for item in sorted(each.agreed.keys() - found.keys()):
            yield IntegrityFault("agreed", f"{names[each.reflection_id]} {item} {each.agreed[item]}")


def votes_purged() -> Iterator[IntegrityFault]:
    """Yield a fault where the single votes of a revealed voting round have not been deleted."""
    query = (
        select(Vote.round_id)
        .join(VotingRound, VotingRound.id == Vote.round_id)
        .where(VotingRound.revealed_at.is_not(None))
    )
    yield from (
        IntegrityFault("votes", str(each)) for each in session.scalars(query.distinct().order_by(Vote.round_id))
    )


def every_cluster_reflects() -> Iterator[IntegrityFault]:
    """Check that every cluster has a reflection in each cycle.

    Clusters added after a cycle was opened are left out: their ids are higher than all that have a reflection in it.
    """
    query = select(Cycle.year, func.max(Reflection.cluster_id)).outerjoin(Reflection).group_by(Cycle.year)
    for year, newest in session.execute(query.order_by(Cycle.year)).all():
        has = select(Reflection.cluster_id).filter_by(cycle_year=year)
        lacking = select(Cluster.code).where(Cluster.id.not_in(has)).order_by(Cluster.code)
        lacking = lacking.where(Cluster.id < newest) if newest else lacking
        yield from (IntegrityFault("reflection", f"{year} {code}") for code in session.scalars(lacking))


CHECKS = (
    gapless_versions,
    submissions_resolve,
    one_current_submission,
    review_submissions_resolve,
    agreed_answers_resolve,
    votes_purged,
    every_cluster_reflects,
)


def _names() -> Mapping[int, str]:
    """Return reflection id -> year and cluster code, such as "2026 north-powys"."""
    query = select(Reflection.id, Reflection.cycle_year, Cluster.code).join(Cluster)
    return {identity: f"{year} {code}" for identity, year, code in session.execute(query)}
