"""The search for an allocation runs in a process of its own, ends in time, and its result keeps the rules."""

import time
from dataclasses import replace
from random import Random

import pytest

from app.domain.errors import AllocationRefused, SearchStopped
from app.domain.peer_review.allocation import allocate
from app.domain.peer_review.allocation.evaluation import EvaluatedAllocation
from app.domain.peer_review.allocation.problem import AllocationProblem
from app.domain.peer_review.allocation.result import AllocationResult, AssignedReview, InfeasibilityExplanation
from app.services.peer_review import allocation_search as solving
from app.services.peer_review.allocation_commands import propose_allocation, repair_and_propose
from app.services.peer_review.allocation_problem import current_problem_hash
from app.services.peer_review.allocation_queries import assigned_reviews, find_proposal
from app.services.peer_review.allocation_search import _broken, search_allocation
from tests.support.application import NOW
from tests.support.nominated_round import nominate
from tests.support.random_rounds import NATIONAL, random_problem


def without_levels(seed: int) -> AllocationProblem:
    """Return a round in which nobody has submitted; for most seeds the solver needs a long time."""
    made = random_problem(Random(seed), 7, sets=NATIONAL)
    return replace(made, nominees=tuple(replace(each, levels={}) for each in made.nominees))


@pytest.mark.parametrize("nominees", [2, 3, 7, 9])
def test_the_answer_is_the_one_of_the_solver(nominees):
    problem = random_problem(Random(nominees), nominees, rounds=2)
    answer = search_allocation(problem)
    assert answer == allocate(problem)
    assert isinstance(answer, AllocationResult if nominees > 3 else InfeasibilityExplanation)


def test_a_search_that_works_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(solving, "SEARCH_WORK_LIMIT", 1)
    with pytest.raises(SearchStopped):
        search_allocation(without_levels(4))


def test_nobody_waits_longer_than_their_deadline():
    with pytest.raises(SearchStopped):
        search_allocation(without_levels(4), until=time.monotonic())


def test_a_search_that_fails_is_no_answer(monkeypatch):
    monkeypatch.setattr(solving, "SEARCH", "raise AssertionError('no pairing')")
    with pytest.raises(RuntimeError, match="no pairing"):
        search_allocation(without_levels(4))


def of_the_first(answer: AllocationResult) -> list[AssignedReview]:
    """Give every review the outcomes of the first."""
    return [replace(each, outcomes=answer.reviews[0].outcomes) for each in answer.reviews]


def in_pairs(answer: AllocationResult) -> list[AssignedReview]:
    """Let the first two of the ring review each other, and the others form a ring without them."""
    ring = answer.rings[0]
    reviewer = {ring[0]: ring[1], ring[1]: ring[0], ring[2]: ring[-1]}
    return [replace(each, reviewer=reviewer.get(each.reviewed, each.reviewer)) for each in answer.reviews]


def in_two_rings(answer: AllocationResult) -> list[AssignedReview]:
    """Form two rings, of three and of four, which `evaluate` refuses and the checker accepts."""
    ring = answer.rings[0]
    reviewer = {ring[0]: ring[2], ring[3]: ring[-1]}
    return [replace(each, reviewer=reviewer.get(each.reviewed, each.reviewer)) for each in answer.reviews]


def without_one(answer: AllocationResult) -> list[AssignedReview]:
    return list(answer.reviews[1:])


@pytest.mark.parametrize("wrong", [of_the_first, in_pairs, in_two_rings, without_one])
def test_an_answer_that_breaks_a_rule_is_not_given(monkeypatch, wrong):
    problem = random_problem(Random(5), 7)
    found = allocate(problem)
    monkeypatch.setattr(solving, "_search", lambda *_given: replace(found, reviews=tuple(wrong(found))))
    with pytest.raises(AllocationRefused):
        search_allocation(problem)


def test_two_rings_are_a_fault_of_the_rules_only(monkeypatch):
    problem = random_problem(Random(5), 7)
    found = allocate(problem)
    assert isinstance(found, AllocationResult)
    apart = replace(found, reviews=tuple(in_two_rings(found)))
    monkeypatch.setattr(solving, "evaluate", lambda *_given: EvaluatedAllocation((), found.score, (), ()))
    assert _broken(problem, apart) == []


@pytest.mark.parametrize("refusal", [SearchStopped, AllocationRefused])
def test_a_refused_search_leaves_the_proposal_before_as_it_was(cycle, staff, monkeypatch, refusal):
    nominate(cycle)
    propose_allocation(cycle, staff, NOW, 3)
    before = assigned_reviews(find_proposal(2026))
    if refusal is SearchStopped:
        monkeypatch.setattr(solving, "SEARCH_WAIT_LIMIT", 0)
    else:
        monkeypatch.setattr(solving, "rule_violations", lambda *_given: ["not-covered"])
    for act in (
        lambda: propose_allocation(cycle, staff, NOW, 3),
        lambda: repair_and_propose(cycle, 0, current_problem_hash(cycle, 3), staff, NOW, 3),
    ):
        with pytest.raises(refusal):
            act()
    assert assigned_reviews(find_proposal(2026)) == before
