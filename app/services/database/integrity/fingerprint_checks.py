"""Checks that frozen content is unchanged: the wording of a cycle, allocations, snapshots, quotes."""

import hashlib
from collections.abc import Callable, Iterator

from sqlalchemy import select

from surveys.loader import read_frozen

from app.db import session
from app.domain.database.integrity_fault import IntegrityFault
from app.domain.reports.snapshot import read_snapshot
from app.domain.themes.quotes import is_quote_in_text
from app.models import Allocation, Answer, Cycle, FrozenSurvey, Publication, Quote, Reflection
from app.services.peer_review.allocation_queries import violations_of
from app.services.peer_review.review_queries import reviews_by_pair
from app.services.survey.queries import questionnaire_of
from app.services.themes.texts import free_text_fields, text_in_submission


def wordings_intact() -> Iterator[IntegrityFault]:
    """Check that the wording of each cycle matches its hash and can be read, and asks every item answered."""
    for cycle in session.scalars(select(Cycle).order_by(Cycle.year)):
        broken = [fault for survey in cycle.surveys for fault in _of_wording(survey)]
        yield from broken or _not_asked(cycle)


def snapshots_intact() -> Iterator[IntegrityFault]:
    """Check that each published snapshot matches its hash and can be read."""
    for each in session.scalars(select(Publication).order_by(Publication.id)):
        where = f"{each.cycle_year}, {each.number}"
        if _hash(each.content) != each.snapshot_hash:
            yield IntegrityFault("snapshot", where)
        elif not _can(read_snapshot, each.content):
            yield IntegrityFault("snapshot_unreadable", where)


def allocations_intact() -> Iterator[IntegrityFault]:
    """Check that each published allocation keeps the rules of its problem (decision 13) and has its reviews."""
    published = select(Allocation).where(Allocation.published_at.is_not(None))
    for each in session.scalars(published.order_by(Allocation.id)):
        where = f"{each.cycle_year}, {each.number}"
        if _hash(each.problem) != each.problem_hash:
            yield IntegrityFault("problem", where)
        elif violations_of(each):
            yield IntegrityFault("allocation", where)
        yield from _not_begun(each)


def quotes_intact() -> Iterator[IntegrityFault]:
    """Yield a fault for each approved quote that does not occur word for word in what was submitted."""
    for each in session.scalars(select(Quote).order_by(Quote.id)):
        if not _stands(each):
            yield IntegrityFault("quoted", f"{each.id}, {each.submission.reference} {each.item} {each.field}")


CHECKS = (wordings_intact, snapshots_intact, allocations_intact, quotes_intact)


def _of_wording(survey: FrozenSurvey) -> Iterator[IntegrityFault]:
    where = f"{survey.cycle_year} {survey.slug}"
    if _hash(survey.content) != survey.content_hash:
        yield IntegrityFault("wording", where)
    elif not _can(read_frozen, survey.content, survey.content_hash):
        yield IntegrityFault("wording_unreadable", where)


def _not_asked(cycle: Cycle) -> Iterator[IntegrityFault]:
    query = select(Answer.item).join(Reflection, Reflection.id == Answer.reflection_id)
    query = query.filter(Reflection.cycle_year == cycle.year, Answer.item.not_in(questionnaire_of(cycle).items))
    yield from (
        IntegrityFault("asked", f"{cycle.year} {item}") for item in session.scalars(query.distinct().order_by("item"))
    )


def _not_begun(allocation: Allocation) -> Iterator[IntegrityFault]:
    begun = reviews_by_pair(allocation.cycle_year)
    for each in allocation.assignments:
        if (each.reviewer_id, each.reviewed_id) not in begun:
            yield IntegrityFault("review", f"{allocation.cycle_year} {each.reviewer.code} → {each.reviewed.code}")


def _stands(quote: Quote) -> bool:
    cycle = quote.submission.reflection.cycle
    if not _can(questionnaire_of, cycle):
        return True  # its field cannot be looked up; the wording has a fault of its own
    asked = next((each for each in free_text_fields(cycle, quote.item) if each.field == quote.field), None)
    return asked is not None and is_quote_in_text(quote.text, text_in_submission(quote.submission, asked))


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _can(read: Callable[..., object], *content: object) -> bool:
    try:
        read(*content)
    except Exception:  # whatever the reason: it cannot be read
        return False
    return True
