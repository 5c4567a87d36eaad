"""A round on a real database: proposed, repaired, changed by hand, published in versions, checked at every reading."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain.allocation.values import Allocation as Solved
from app.domain.allocation.values import Explanation, Review
from app.domain.refusals import BreaksRules, Damaged, Invalid, NoProposal, NotYetSubmitted, ProposalOutdated
from app.models import Allotment, FixedDecision
from app.models import Review as Work
from app.services import (
    allocating,
    allocation_overview,
    allocations,
    cycles,
    decisions,
    nominations,
    reflections,
    review_rounds,
)
from tests.conftest import NOW
from tests.nominated import nominate, submit

MEMORY = 3


def propose(cycle, staff):
    return allocating.propose(cycle, staff, NOW, MEMORY)


def publish(cycle, staff, reason="", over=""):
    return allocating.publish(cycle, staff, reason, NOW, memory=MEMORY, address="http://localhost", over=over)


@pytest.fixture
def proposed(cycle, staff):
    nominate(cycle)
    assert isinstance(propose(cycle, staff), Solved)
    return cycle


def pairs(allocation) -> set[tuple[str, str]]:
    return {(each.reviewer.code, each.reviewed.code) for each in allocation.allotments}


def test_a_proposal_is_a_single_ring_in_which_every_outcome_is_looked_at(proposed):
    found = allocation_overview.shown(allocations.proposal(2026))
    assert [len(ring) for ring in found.weighed.rings] == [7]
    loads = Counter(outcome for review in found.weighed.reviews for outcome in review.outcomes)
    assert len(loads) == 20
    assert loads.total() == 21
    assert found.certificate.is_proven
    assert found.weighed.broken == ()
    assert allocations.standing(2026) is None


def test_the_same_round_is_proposed_the_same_way_again(proposed, staff):
    before = {(*pair,) for pair in pairs(allocations.proposal(2026))}
    propose(proposed, staff)
    assert pairs(allocations.proposal(2026)) == before


def test_published_it_is_there_for_both_sides_and_both_are_told(proposed, staff, tmp_path):
    published = publish(proposed, staff)
    assert allocations.proposal(2026) is None
    assert allocations.standing(2026).number == 1
    works = session.scalars(select(Work)).all()
    assert {(each.reviewer.code, each.reviewed.code) for each in works} == pairs(published)
    letters = [each.read_text() for each in (tmp_path / "letters").glob("*.eml")]
    assert len(letters) == 14
    with pytest.raises(NoProposal):
        publish(proposed, staff)


def test_a_nominee_without_a_submission_is_named_and_nothing_is_published(cycle, staff):
    silent = nominate(cycle, submitted=False)
    for reflection in silent[1:]:
        submit(reflection)
    propose(cycle, staff)
    with pytest.raises(NotYetSubmitted) as refused:
        publish(cycle, staff)
    assert [each.code for each in refused.value.clusters] == ["north-powys"]
    assert allocations.published(2026) == []


def test_what_changed_since_the_proposal_is_not_published_unseen(proposed, staff):
    submit(reflections.find(2026, "north-powys"), seed=2)
    with pytest.raises(ProposalOutdated):
        publish(proposed, staff)
    propose(proposed, staff)
    publish(proposed, staff)


def test_with_five_boards_the_repair_adds_places_and_is_one_press(cycle, staff):
    nominate(cycle, boards=5)
    explanation = propose(cycle, staff)
    assert isinstance(explanation, Explanation)
    assert allocations.proposal(2026) is None
    of = allocating.fingerprint(cycle, MEMORY)
    assert isinstance(allocating.repair(cycle, 0, of, staff, NOW, MEMORY), Solved)
    sizes = [len(each.outcomes) for each in publish(cycle, staff).allotments]
    assert sizes == [4] * 5
    assert {each.slug: each.extra for each in review_rounds.problem(cycle, MEMORY).sets} == {"pcmw": 3, "acd": 2}


def test_extra_places_are_forgotten_when_the_round_is_whole_again(cycle, staff):
    nominate(cycle, boards=6)
    propose(cycle, staff)
    allocating.repair(cycle, 0, allocating.fingerprint(cycle, MEMORY), staff, NOW, MEMORY)
    last = [each for each in nominate(cycle) if each]
    assert len(last) == 7
    assert isinstance(propose(cycle, staff), Solved)
    assert [len(each.outcomes) for each in allocations.proposal(2026).allotments] == [3] * 7


def test_a_repair_that_was_offered_for_something_else_is_not_applied(cycle, staff):
    nominate(cycle, boards=6)
    explanation = allocating.repair(cycle, 0, "of an older page", staff, NOW, MEMORY)
    assert isinstance(explanation, Explanation)
    assert not any(each.extra for each in review_rounds.problem(cycle, MEMORY).sets)


def test_conflicts_and_decisions_hold_and_can_be_taken_back(cycle, staff):
    first, second, third, *_rest = (each.cluster.code for each in nominate(cycle))
    decisions.declare(cycle, first, second)
    decisions.declare(cycle, second, first)
    decisions.decide(cycle, third, first, ["ACD-3"])
    assert isinstance(propose(cycle, staff), Solved)
    found = allocations.proposal(2026)
    assert not {(first, second), (second, first)} & pairs(found)
    assert (first, third) in pairs(found)
    assert "ACD-3" in next(each.outcomes for each in found.allotments if each.reviewed.code == third)
    (conflict,), (decision,) = decisions.conflicts(2026), decisions.fixed(2026)
    decisions.take_back(cycle, conflict.id)
    decisions.undo(cycle, decision.id)
    assert not decisions.conflicts(2026)
    assert not decisions.fixed(2026)


def test_decisions_that_contradict_each_other_are_named_and_one_is_dropped_by_the_repair(cycle, staff):
    first, second, third, *_rest = (each.cluster.code for each in nominate(cycle))
    decisions.decide(cycle, third, first, [])
    decisions.decide(cycle, third, second, [])
    explanation = propose(cycle, staff)
    assert isinstance(explanation, Explanation)
    of = allocating.fingerprint(cycle, MEMORY)
    assert isinstance(allocating.repair(cycle, 0, of, staff, NOW, MEMORY), Solved)
    assert len(session.scalars(select(FixedDecision)).all()) == 1


def test_a_decision_about_a_cluster_that_was_withdrawn_waits(cycle, staff):
    first, second, *_rest = nominate(cycle)
    decisions.decide(cycle, second.cluster.code, first.cluster.code, [])
    nominations.withdraw(first, address="http://localhost")
    assert review_rounds.problem(cycle, MEMORY).fixed == ()
    assert len(decisions.fixed(2026)) == 1


def by_hand(cycle, reviews, staff, over=None):
    over = over or allocating.stamp(allocations.proposal(2026))
    allocating.change_by_hand(cycle, reviews, over, staff, NOW + timedelta(minutes=1))


def test_of_two_who_change_by_hand_the_second_overwrites_nothing_unseen(proposed, staff):
    over = allocating.stamp(allocations.proposal(2026))
    before = allocating.reviews_of(allocations.proposal(2026))
    by_hand(proposed, swapped(proposed), staff, over)
    with pytest.raises(ProposalOutdated):
        by_hand(proposed, before, staff, over)
    assert allocating.reviews_of(allocations.proposal(2026)) != before
    with pytest.raises(ProposalOutdated):
        publish(proposed, staff, over=over)


def swapped(cycle) -> list[Review]:
    """The proposal with the first outcomes of two reviews exchanged, so that all are still looked at."""
    rows = allocating.reviews_of(allocations.proposal(cycle.year))
    (one, other), rest = rows[:2], rows[2:]
    return [
        Review(one.reviewer, one.reviewed, (other.outcomes[0], *one.outcomes[1:])),
        Review(other.reviewer, other.reviewed, (one.outcomes[0], *other.outcomes[1:])),
        *rest,
    ]


def test_a_change_by_hand_says_what_it_costs_and_can_be_published(proposed, staff):
    proposal = allocations.proposal(2026)
    best = allocation_overview.shown(proposal).weighed.score
    changed = allocation_overview.instead(proposal, swapped(proposed))
    assert changed.broken == ()
    assert changed.score.benefits <= best.benefits
    by_hand(proposed, swapped(proposed), staff)
    assert allocations.proposal(2026).by_hand
    publish(proposed, staff)


def test_what_breaks_a_rule_by_hand_can_be_kept_and_not_published(proposed, staff):
    rows = allocating.reviews_of(allocations.proposal(2026))
    reciprocal = [
        Review(rows[0].reviewed if each.reviewed == rows[0].reviewer else each.reviewer, each.reviewed, each.outcomes)
        if each.reviewed == rows[0].reviewer
        else each
        for each in rows
    ]
    with pytest.raises(Invalid):
        by_hand(proposed, reciprocal, staff)
    uncovered = [Review(each.reviewer, each.reviewed, rows[0].outcomes) for each in rows]
    by_hand(proposed, uncovered, staff)
    with pytest.raises(BreaksRules):
        publish(proposed, staff)


def test_a_new_version_needs_a_reason_and_the_old_one_stays_readable(proposed, staff):
    first = publish(proposed, staff)
    before = pairs(first)
    one, other = min(before)
    decisions.declare(proposed, one, other)
    propose(proposed, staff)
    with pytest.raises(Invalid):
        publish(proposed, staff)
    second = publish(proposed, staff, "They share a practice.")
    assert second.number == 2
    assert (one, other) not in pairs(second)
    assert pairs(allocations.version(2026, 1)) == before


def test_a_row_that_was_tampered_with_is_found_at_the_next_reading(proposed, staff):
    publish(proposed, staff)
    with transaction():
        row = session.scalars(select(Allotment)).first()
        row.outcomes = [row.outcomes[0], row.outcomes[0], row.outcomes[2]]
    with pytest.raises(Damaged):
        allocations.standing(2026)


def test_the_next_year_repeats_no_pair_and_no_outcome(proposed, staff):
    before = publish(proposed, staff)
    following = cycles.open_cycle(2027, date(2027, 4, 1), date(2027, 5, 31))
    nominate(following)
    propose(following, staff)
    after = allocation_overview.shown(allocations.proposal(2027))
    assert after.weighed.score.repeats[0] == 0
    assert after.weighed.score.rounds_left == (4, 5)
    assert not pairs(before) & pairs(after.allocation)
