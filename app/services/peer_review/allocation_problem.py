"""The allocation problem of a cycle, built from nominations, levels, constraints and past reviews."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from sqlalchemy import select

from app.db import session
from app.domain.errors import DataDamaged
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet, PastReview
from app.domain.peer_review.allocation.problem_hash import problem_hash
from app.domain.peer_review.allocation.rotation_status import RotationStatus, rotation_map
from app.domain.peer_review.review import Side
from app.domain.reflection.answers import level_of
from app.domain.survey.levels import Level
from app.models import Allocation, Answer, Cycle, Nomination, Review, ReviewRound, ReviewSubmission
from app.services.cycle.queries import list_cycles
from app.services.organisations.queries import list_boards
from app.services.peer_review.allocation_queries import find_current_allocation, problem_of_allocation
from app.services.peer_review.constraint_queries import (
    clusters_of_decision,
    fixed_review_of,
    list_conflicts,
    list_fixed_decisions,
)
from app.services.peer_review.nomination_queries import list_nominations
from app.services.reflection.queries import load_submitted_answers, reflections_of_cycle
from app.services.survey.queries import questionnaire_of


def current_problem_hash(cycle: Cycle, memory: int) -> str:
    """Return the hash of the allocation problem as it is now."""
    return problem_hash(build_problem(cycle, memory))


def is_proposal_current(cycle: Cycle, allocation: Allocation, memory: int) -> bool:
    """Return whether the allocation problem of the cycle is still the one that the allocation was made from.

    For a published allocation, fixed decisions are not compared: every returned review becomes one.
    """
    if allocation.published_at is None:
        return current_problem_hash(cycle, memory) == allocation.problem_hash
    now, then = build_problem(cycle, memory), problem_of_allocation(allocation)
    return problem_hash(replace(now, fixed=())) == problem_hash(replace(then, fixed=()))


def build_problem(cycle: Cycle, memory: int) -> AllocationProblem:
    """Return the allocation problem of a cycle from its present nominations, constraints, levels and history."""
    nominated = list_nominations(cycle.year)
    taking_part = {each.cluster.code for each in nominated}
    return AllocationProblem(
        year=cycle.year,
        nominees=_nominees(cycle, nominated),
        sets=(sets := _sets(cycle, len(nominated))),
        history=_asked_still(past_reviews(cycle.year), sets),
        conflicts=tuple(
            (each.one.code, each.other.code)
            for each in list_conflicts(cycle.year)
            if {each.one.code, each.other.code} <= taking_part
        ),
        fixed=tuple(_fixed(cycle.year, taking_part)),
        memory=memory,
        seed=_round(cycle.year).seed,
    )


def build_rotation(cycle: Cycle, memory: int) -> RotationStatus | None:
    """Return the boards' rotation before the round of a cycle, or None if it does not apply; one nominee a board."""
    boards = tuple(Nominee(board.ods_code, board.ods_code) for board in list_boards())
    sets = _sets(cycle, len(boards))
    return rotation_map(
        AllocationProblem(cycle.year, boards, sets, _asked_still(past_reviews(cycle.year), sets), memory=memory)
    )


def returned_reviews(year: int) -> tuple[FixedReview, ...]:
    """Return the returned reviews of a cycle as fixed decisions: later versions must keep them."""
    allocation, done = find_current_allocation(year), _returned_pairs(year)
    return tuple(
        FixedReview(each.reviewed.code, each.reviewer.code, tuple(each.outcomes))
        for each in (allocation.assignments if allocation else ())
        if (each.reviewer_id, each.reviewed_id) in done
    )


def past_reviews(before: int) -> tuple[PastReview, ...]:
    """Return the reviews of all rounds before that year, by each round's last published allocation.

    Boards are those of that cycle. Rounds with a damaged allocation are left out; see `damaged_rounds`.
    """
    return tuple(chain.from_iterable(_past(each) for each in _earlier(before).values() if each))


def damaged_rounds(before: int) -> tuple[int, ...]:
    """Return the years before that year whose rounds `past_reviews` leaves out because their allocation is damaged."""
    return tuple(year for year, allocation in _earlier(before).items() if allocation is None)


def _earlier(before: int) -> dict[int, Allocation | None]:
    """Return year -> the current allocation of each earlier round, None if damaged; oldest first."""
    found: dict[int, Allocation | None] = {}
    for year in sorted(each.year for each in list_cycles() if each.year < before):
        try:
            if allocation := find_current_allocation(year):
                found[year] = allocation
        except DataDamaged:
            found[year] = None
    return found


def _asked_still(past: Iterable[PastReview], sets: Iterable[OutcomeSet]) -> tuple[PastReview, ...]:
    """Remove outcomes from the history that are not in this cycle's wording."""
    asked = {outcome for each in sets for outcome in each.outcomes}
    return tuple(replace(each, outcomes=tuple(code for code in each.outcomes if code in asked)) for each in past)


def _nominees(cycle: Cycle, nominated: Sequence[Nomination]) -> tuple[Nominee, ...]:
    levels = _levels(cycle, {each.cluster_id for each in nominated})
    return tuple(
        Nominee(each.cluster.code, each.board_code, tuple(each.wishes), levels.get(each.cluster_id, {}))
        for each in nominated
    )


def _levels(cycle: Cycle, nominated: Collection[int]) -> Mapping[int, Mapping[str, int | None]]:
    """Return cluster id -> outcome -> level in its latest submission, None for an outcome without a level."""
    submitted = [each for each in reflections_of_cycle(cycle.year) if each.latest and each.cluster_id in nominated]
    answers = load_submitted_answers(each.latest for each in submitted if each.latest)
    codes = [outcome.code for outcome in questionnaire_of(cycle).outcomes]
    return {each.cluster_id: {code: _level(answers[each.id].get(code)) for code in codes} for each in submitted}


def _level(answer: Answer | None) -> int | None:
    level = Level.of(level_of(answer.content)) if answer else None
    return int(level) if level else None


def _sets(cycle: Cycle, nominees: int) -> tuple[OutcomeSet, ...]:
    """Return the outcome sets; extra places count only for the number of nominees that they were agreed for."""
    agreed = _round(cycle.year).extra
    extra = agreed if agreed.get("nominees") == nominees else {}
    return tuple(
        OutcomeSet(
            survey.slug,
            tuple(outcome.code for outcome in survey.outcomes),
            survey.outcomes_per_review,
            extra.get(survey.slug, 0),
        )
        for survey in questionnaire_of(cycle)
        if survey.outcomes
    )


def _round(year: int) -> ReviewRound:
    """Return the stored round, or one with the year as its seed, so that everybody knows the seed beforehand."""
    return session.get(ReviewRound, year) or ReviewRound(cycle_year=year, seed=year, extra={})


def _fixed(year: int, taking_part: set[str]) -> Iterable[FixedReview]:
    """Yield the fixed decisions and the returned reviews whose clusters all take part."""
    for decision in list_fixed_decisions(year):
        fixed = fixed_review_of(decision)
        if clusters_of_decision(fixed) <= taking_part:
            yield fixed
    yield from (fixed for fixed in returned_reviews(year) if clusters_of_decision(fixed) <= taking_part)


def _returned_pairs(year: int) -> set[tuple[int, int]]:
    query = select(Review.reviewer_id, Review.reviewed_id).join(ReviewSubmission)
    rows = session.execute(query.where(Review.cycle_year == year, ReviewSubmission.side == Side.REVIEWER))
    return {(reviewer, reviewed) for reviewer, reviewed in rows}


def _past(allocation: Allocation) -> Iterable[PastReview]:
    boards = {each.cluster_id: each.board_code for each in reflections_of_cycle(allocation.cycle_year)}
    for each in allocation.assignments:
        yield PastReview(
            allocation.cycle_year,
            each.reviewer.code,
            boards.get(each.reviewer_id, each.reviewer.board_code),
            each.reviewed.code,
            boards.get(each.reviewed_id, each.reviewed.board_code),
            tuple(each.outcomes),
        )
