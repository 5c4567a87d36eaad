"""Commands for allocations: propose, repair, change by hand, discard, publish as a new version."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from app.db import session, transaction
from app.domain.errors import AllocationBreaksRules, InvalidValue, NoProposal, NotYetSubmitted, ProposalOutdated
from app.domain.peer_review.allocation.evaluation import evaluate
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.problem_hash import canonical
from app.domain.peer_review.allocation.result import AllocationResult as Solved
from app.domain.peer_review.allocation.result import AssignedReview as Solution
from app.domain.peer_review.allocation.result import InfeasibilityExplanation
from app.domain.peer_review.review import Side
from app.models import Allocation, Cluster, Cycle, Nomination, Person, Review, ReviewAssignment
from app.services.cycle.queries import lock_peer_review_round, require_unfinished_round
from app.services.email.commands import mailer
from app.services.email.message import RenderedEmail
from app.services.peer_review.allocation_problem import (
    build_problem,
    current_problem_hash,
    is_proposal_current,
    returned_reviews,
)
from app.services.peer_review.allocation_queries import (
    assigned_reviews,
    find_current_allocation,
    find_proposal,
    problem_of_allocation,
    proposal_version,
    published_allocations,
    violations_of,
)
from app.services.peer_review.allocation_search import search_allocation, search_deadline
from app.services.peer_review.constraint_commands import apply_repair
from app.services.peer_review.emails import review_assigned_email, review_cancelled_email
from app.services.peer_review.nomination_queries import list_nominations
from app.services.peer_review.participants import writers_of_side
from app.services.peer_review.review_queries import reviews_by_pair
from app.services.reflection.queries import find_reflection
from config import VERSION


def propose_allocation(
    cycle: Cycle, by: Person | None, now: datetime, memory: int
) -> Solved | InfeasibilityExplanation:
    """Search the best allocation and store it as the proposal, replacing the previous one.

    Return the solution, or the explanation if there is none; then nothing is stored. Raise SearchStopped if the
    search takes too long, AllocationRefused if its result breaks a rule, RoundFinished.
    """
    return _propose(cycle, by, now, memory, search_deadline())


def _propose(
    cycle: Cycle, by: Person | None, now: datetime, memory: int, until: float
) -> Solved | InfeasibilityExplanation:
    require_unfinished_round(cycle, now)  # before the search, and again under the lock when the result is stored
    problem = build_problem(cycle, memory)
    answer = _answer(cycle, problem, until)
    if isinstance(answer, Solved):
        with transaction():
            lock_peer_review_round(cycle, now)
            _replace(_proposed(cycle, problem, answer, by, now))
    return answer


def repair_and_propose(
    cycle: Cycle, number: int, problem_hash: str, by: Person, now: datetime, memory: int
) -> Solved | InfeasibilityExplanation:
    """Apply an offered repair, by its number from 0, then propose as `propose_allocation` does.

    `problem_hash` is the hash of the problem that the repair was offered for; if the problem has changed since, no
    repair is applied.
    """
    require_unfinished_round(cycle, now)
    until = search_deadline()  # one deadline for both searches: the user waits for both
    if problem_hash == current_problem_hash(cycle, memory):
        offered = _answer(cycle, build_problem(cycle, memory), until)
        repairs = offered.repairs if isinstance(offered, InfeasibilityExplanation) else ()
        if number < len(repairs) and (repaired := repairs[number].problem):
            apply_repair(cycle, repaired, now)
    return _propose(cycle, by, now, memory, until)


def change_allocation(cycle: Cycle, reviews: Iterable[Solution], base_version: str, by: Person, now: datetime) -> None:
    """Replace the assignments of the proposal by `reviews`, whether they keep the rules or not; marks it `by_hand`.

    `base_version` is the version token of the proposal that was changed. Raise NoProposal if it was discarded,
    ProposalOutdated if somebody else has changed it, InvalidValue if the reviews are not of the proposal's clusters.
    """
    with transaction():
        lock_peer_review_round(cycle, now)
        proposal = _open(cycle)
        if base_version != proposal_version(proposal):
            raise ProposalOutdated
        clusters = {each.reviewed.code: each.reviewed for each in proposal.assignments}
        wanted = {each.reviewed: each for each in reviews}
        if wanted.keys() != clusters.keys() or {each.reviewer for each in wanted.values()} != clusters.keys():
            raise InvalidValue("reviews")
        rows = [
            _row(position, clusters[wanted[code].reviewer], clusters[code], wanted[code].outcomes)
            for position, code in enumerate(clusters)
        ]
        proposal.assignments.clear()
        session.flush()  # delete the old rows before inserting: a reviewer is unique in an allocation
        proposal.assignments, proposal.by_hand = rows, True
        proposal.proposed_at, proposal.proposed_by_id = now, by.id


def discard_proposal(cycle: Cycle, now: datetime) -> None:
    """Delete the proposal, if there is one."""
    with transaction():
        lock_peer_review_round(cycle, now)
        if proposal := find_proposal(cycle.year):
            session.delete(proposal)


def publish_allocation(  # noqa: PLR0913 - who, why, when, and what they had before them
    cycle: Cycle,
    by: Person,
    reason: str,
    now: datetime,
    *,
    memory: int,
    address: str | None,
    base_version: str | None = None,
) -> Allocation:
    """Publish the proposal as the next version; it cannot be changed afterwards.

    With the site's `address`, e-mail both sides of each review that is new, changed or cancelled. `base_version` is
    the version token of the proposal that was read; None skips that check. Raise NoProposal; ProposalOutdated if the
    problem or the proposal has changed; NotYetSubmitted if a nominated cluster has not submitted;
    AllocationBreaksRules if a rule is broken or a returned review is changed; InvalidValue if a later version has no
    `reason`.
    """
    with transaction():
        lock_peer_review_round(cycle, now)
        before, proposal = find_current_allocation(cycle.year), _open(cycle)
        if base_version is not None and base_version != proposal_version(proposal):
            raise ProposalOutdated
        _require_current(cycle, proposal, memory)
        broken = evaluate(problem_of_allocation(proposal), assigned_reviews(proposal)).broken
        if found := [*violations_of(proposal), *broken, *_returned_otherwise(proposal)]:
            raise AllocationBreaksRules(found)
        if before and not reason:
            raise InvalidValue("reason")
        proposal.published_at, proposal.published_by_id, proposal.reason = now, by.id, reason if before else ""
        _begin_reviews(proposal)
    for letter in _letters(proposal, before, address) if address else ():
        mailer.send(letter)
    return proposal


def _answer(cycle: Cycle, problem: AllocationProblem, until: float) -> Solved | InfeasibilityExplanation:
    """Search, and leave out repairs that would change a returned review."""
    answer = search_allocation(problem, until)
    if isinstance(answer, Solved):
        return answer
    done = returned_reviews(cycle.year)
    kept = [each for each in answer.repairs if each.problem is None or {*done} <= {*each.problem.fixed}]
    return replace(answer, repairs=tuple(kept))


def _proposed(cycle: Cycle, problem: AllocationProblem, solved: Solved, by: Person | None, now: datetime) -> Allocation:
    clusters = {each.cluster.code: each.cluster for each in list_nominations(cycle.year)}
    return Allocation(
        cycle_year=cycle.year,
        number=len(published_allocations(cycle.year)) + 1,
        problem=canonical(problem),
        problem_hash=solved.problem_hash,
        certificate=json.loads(json.dumps(asdict(solved.certificate))),
        by_hand=False,
        app_version=VERSION,
        proposed_at=now,
        proposed_by_id=by.id if by else None,
        assignments=[
            _row(position, clusters[each.reviewer], clusters[each.reviewed], each.outcomes)
            for position, each in enumerate(solved.reviews)
        ],
    )


def _row(position: int, reviewer: Cluster, reviewed: Cluster, outcomes: Sequence[str]) -> ReviewAssignment:
    return ReviewAssignment(position=position, reviewer=reviewer, reviewed=reviewed, outcomes=list(outcomes))


def _replace(new: Allocation) -> None:
    if old := find_proposal(new.cycle_year):
        session.delete(old)
        session.flush()  # a cycle has one proposal: delete the old one before inserting
    session.add(new)


def _open(cycle: Cycle) -> Allocation:
    proposal = find_proposal(cycle.year)
    if proposal is None:
        raise NoProposal
    return proposal


def _require_current(cycle: Cycle, proposal: Allocation, memory: int) -> None:
    silent = [each.cluster for each in list_nominations(cycle.year) if not _has_submitted(each)]
    if silent:
        raise NotYetSubmitted(silent)
    if not is_proposal_current(cycle, proposal, memory):
        raise ProposalOutdated


def _has_submitted(nomination: Nomination) -> bool:
    return find_reflection(nomination.cycle_year, nomination.cluster.code).latest is not None


def _returned_otherwise(proposal: Allocation) -> list[ReviewAssignment]:
    """Return the assignments whose review was returned with other outcomes: nobody would review the new ones."""
    done = returned_reviews(proposal.cycle_year)
    pairs = {(fixed.reviewer, fixed.reviewed): {*fixed.outcomes} for fixed in done}
    rows = [(each, (each.reviewer.code, each.reviewed.code)) for each in proposal.assignments]
    return [each for each, pair in rows if pair in pairs and pairs[pair] != {*each.outcomes}]


def _begin_reviews(allocation: Allocation) -> None:
    """Create a review for every pair that has none; a pair of an earlier version keeps its review."""
    known = reviews_by_pair(allocation.cycle_year)
    session.add_all(
        Review(cycle_year=allocation.cycle_year, reviewer_id=each.reviewer_id, reviewed_id=each.reviewed_id)
        for each in allocation.assignments
        if (each.reviewer_id, each.reviewed_id) not in known
    )


def _letters(allocation: Allocation, before: Allocation | None, address: str) -> Iterable[RenderedEmail]:
    """Yield the e-mails to both sides of each review that is new, changed or cancelled."""
    old = {(each.reviewer_id, each.reviewed_id): each for each in (before.assignments if before else ())}
    works = reviews_by_pair(allocation.cycle_year)
    for each in allocation.assignments:
        same = old.pop((each.reviewer_id, each.reviewed_id), None)
        if same is None or same.outcomes != each.outcomes:
            for side in (Side.REVIEWER, Side.REVIEWED):
                for person in writers_of_side(works[each.reviewer_id, each.reviewed_id], side):
                    yield review_assigned_email(person, each, side, address)
    for pair, gone in old.items():
        for side in (Side.REVIEWER, Side.REVIEWED):
            for person in writers_of_side(works[pair], side):
                yield review_cancelled_email(person, gone, allocation)
