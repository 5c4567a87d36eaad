"""Allocations on a real database: proposed, repaired, changed by hand, published, checked whenever they are read."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.db import session, transaction
from app.domain.errors import (
    AllocationBreaksRules,
    DataDamaged,
    InvalidValue,
    NominationInUse,
    NoProposal,
    NotYetSubmitted,
    ProposalOutdated,
    RoundFinished,
)
from app.domain.peer_review.allocation.result import AllocationResult as Solved
from app.domain.peer_review.allocation.result import AssignedReview, InfeasibilityExplanation
from app.domain.peer_review.review import Side
from app.domain.saving.decision import PendingSave
from app.models import FixedDecision, FrozenSurvey, ReviewAssignment
from app.models import Review as Work
from app.services.cycle.commands import open_cycle
from app.services.cycle.queries import find_cycle
from app.services.peer_review.allocation_commands import (
    change_allocation,
    discard_proposal,
    propose_allocation,
    publish_allocation,
    repair_and_propose,
)
from app.services.peer_review.allocation_problem import (
    build_problem,
    build_rotation,
    current_problem_hash,
    damaged_rounds,
    is_proposal_current,
    past_reviews,
    returned_reviews,
)
from app.services.peer_review.allocation_queries import (
    assigned_reviews,
    evaluate_change,
    find_allocation,
    find_current_allocation,
    find_proposal,
    problem_of_allocation,
    proposal_version,
    published_allocations,
    view_of_allocation,
)
from app.services.peer_review.constraint_commands import (
    add_conflict,
    add_fixed_decision,
    remove_conflict,
    remove_fixed_decision,
)
from app.services.peer_review.constraint_queries import fixed_review_of, list_conflicts, list_fixed_decisions
from app.services.peer_review.nomination_commands import withdraw_nomination
from app.services.peer_review.review_commands import return_review, save_finding
from app.services.peer_review.review_queries import (
    find_review,
    reviews_of_cycle,
    reviews_of_cycle_or_none,
    reviews_of_person,
)
from app.services.reflection.queries import find_reflection
from app.services.survey.queries import questionnaire_of
from tests.support.application import NOW
from tests.support.nominated_round import begin_later, lead_of, nominate, nominees, publish_reports, submit

MEMORY = 3


def propose(cycle, staff):
    return propose_allocation(cycle, staff, NOW, MEMORY)


def publish(cycle, staff, reason="", base_version=None):
    return publish_allocation(
        cycle, staff, reason, NOW, memory=MEMORY, address="http://localhost", base_version=base_version
    )


@pytest.fixture
def proposed(cycle, staff):
    nominate(cycle)
    assert isinstance(propose(cycle, staff), Solved)
    return cycle


def pairs(allocation) -> set[tuple[str, str]]:
    return {(each.reviewer.code, each.reviewed.code) for each in allocation.assignments}


def test_a_proposal_is_a_single_ring_in_which_every_outcome_is_looked_at(proposed):
    found = view_of_allocation(find_proposal(2026))
    assert [len(ring) for ring in found.weighed.rings] == [7]
    loads = Counter(outcome for review in found.weighed.reviews for outcome in review.outcomes)
    assert len(loads) == 20
    assert loads.total() == 21
    assert found.certificate.is_proven
    assert found.weighed.broken == ()
    assert find_current_allocation(2026) is None


def test_each_matrix_says_how_many_of_its_outcomes_a_review_looks_at(cycle):
    pcmw = next(survey for survey in questionnaire_of(cycle) if survey.slug == "pcmw")
    outcomes = tuple(replace(outcome, code=f"THIRD-{n}") for n, outcome in enumerate(pcmw.outcomes))
    third = replace(pcmw, slug="third", outcomes=outcomes, outcomes_per_review=3, frozen_hash="")
    frozen = FrozenSurvey(position=9, slug="third", content_hash=third.content_hash, content=third.canonical())
    with transaction():
        cycle.surveys.append(frozen)
    nominate(cycle, submitted=False)
    assert [(each.slug, each.each) for each in build_problem(cycle, MEMORY).sets] == [
        ("pcmw", 2),
        ("acd", 1),
        ("third", 3),
    ]


def test_the_same_round_is_proposed_the_same_way_again(proposed, staff):
    before = {(*pair,) for pair in pairs(find_proposal(2026))}
    propose(proposed, staff)
    assert pairs(find_proposal(2026)) == before


def test_published_it_is_there_for_both_sides_and_both_are_told(proposed, staff, tmp_path):
    published = publish(proposed, staff)
    assert find_proposal(2026) is None
    assert find_current_allocation(2026).number == 1
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
    assert published_allocations(2026) == []


def test_what_changed_since_the_proposal_is_not_published_unseen(proposed, staff):
    submit(find_reflection(2026, "north-powys"), seed=2)
    with pytest.raises(ProposalOutdated):
        publish(proposed, staff)
    propose(proposed, staff)
    publish(proposed, staff)


def test_with_five_boards_the_repair_adds_places_and_is_one_press(cycle, staff):
    nominate(cycle, boards=5)
    explanation = propose(cycle, staff)
    assert isinstance(explanation, InfeasibilityExplanation)
    assert find_proposal(2026) is None
    of = current_problem_hash(cycle, MEMORY)
    assert isinstance(repair_and_propose(cycle, 0, of, staff, NOW, MEMORY), Solved)
    sizes = [len(each.outcomes) for each in publish(cycle, staff).assignments]
    assert sizes == [4] * 5
    assert {each.slug: each.extra for each in build_problem(cycle, MEMORY).sets} == {"pcmw": 3, "acd": 2}


def test_extra_places_are_forgotten_when_the_round_is_whole_again(cycle, staff):
    nominate(cycle, boards=6)
    propose(cycle, staff)
    repair_and_propose(cycle, 0, current_problem_hash(cycle, MEMORY), staff, NOW, MEMORY)
    last = [each for each in nominate(cycle) if each]
    assert len(last) == 7
    assert isinstance(propose(cycle, staff), Solved)
    assert [len(each.outcomes) for each in find_proposal(2026).assignments] == [3] * 7


def test_a_repair_that_was_offered_for_something_else_is_not_applied(cycle, staff):
    nominate(cycle, boards=6)
    explanation = repair_and_propose(cycle, 0, "of an older page", staff, NOW, MEMORY)
    assert isinstance(explanation, InfeasibilityExplanation)
    assert not any(each.extra for each in build_problem(cycle, MEMORY).sets)


def test_conflicts_and_decisions_hold_and_can_be_taken_back(cycle, staff):
    first, second, third, *_rest = (each.cluster.code for each in nominate(cycle))
    add_conflict(cycle, first, second, NOW)
    add_conflict(cycle, second, first, NOW)
    add_fixed_decision(cycle, third, first, ["ACD-3"], NOW)
    assert isinstance(propose(cycle, staff), Solved)
    found = find_proposal(2026)
    assert not {(first, second), (second, first)} & pairs(found)
    assert (first, third) in pairs(found)
    assert "ACD-3" in next(each.outcomes for each in found.assignments if each.reviewed.code == third)
    (conflict,), (decision,) = list_conflicts(2026), list_fixed_decisions(2026)
    remove_conflict(cycle, conflict.id, NOW)
    remove_fixed_decision(cycle, decision.id, NOW)
    assert not list_conflicts(2026)
    assert not list_fixed_decisions(2026)


def test_decisions_that_contradict_each_other_are_named_and_one_is_dropped_by_the_repair(cycle, staff):
    first, second, third, *_rest = (each.cluster.code for each in nominate(cycle))
    add_fixed_decision(cycle, third, first, [], NOW)
    add_fixed_decision(cycle, third, second, [], NOW)
    explanation = propose(cycle, staff)
    assert isinstance(explanation, InfeasibilityExplanation)
    of = current_problem_hash(cycle, MEMORY)
    assert isinstance(repair_and_propose(cycle, 0, of, staff, NOW, MEMORY), Solved)
    assert len(session.scalars(select(FixedDecision)).all()) == 1


def test_a_decision_about_a_cluster_that_was_withdrawn_waits(cycle, staff):
    first, second, *_rest = nominate(cycle)
    add_fixed_decision(cycle, second.cluster.code, first.cluster.code, [], NOW)
    withdraw_nomination(first, NOW, address="http://localhost")
    assert build_problem(cycle, MEMORY).fixed == ()
    assert len(list_fixed_decisions(2026)) == 1


def by_hand(cycle, reviews, staff, base_version=None):
    base_version = base_version or proposal_version(find_proposal(2026))
    change_allocation(cycle, reviews, base_version, staff, NOW + timedelta(minutes=1))


def test_of_two_who_change_by_hand_the_second_overwrites_nothing_unseen(proposed, staff):
    base_version = proposal_version(find_proposal(2026))
    before = assigned_reviews(find_proposal(2026))
    by_hand(proposed, swapped(proposed), staff, base_version)
    with pytest.raises(ProposalOutdated):
        by_hand(proposed, before, staff, base_version)
    assert assigned_reviews(find_proposal(2026)) != before
    with pytest.raises(ProposalOutdated):
        publish(proposed, staff, base_version=base_version)


def swapped(cycle) -> list[AssignedReview]:
    """Return the proposal with the first outcomes of two reviews exchanged, so that every outcome is still covered."""
    rows = assigned_reviews(find_proposal(cycle.year))
    (one, other), rest = rows[:2], rows[2:]
    return [
        AssignedReview(one.reviewer, one.reviewed, (other.outcomes[0], *one.outcomes[1:])),
        AssignedReview(other.reviewer, other.reviewed, (one.outcomes[0], *other.outcomes[1:])),
        *rest,
    ]


def test_a_change_by_hand_says_what_it_costs_and_can_be_published(proposed, staff):
    proposal = find_proposal(2026)
    best = view_of_allocation(proposal).weighed.score
    changed = evaluate_change(proposal, swapped(proposed))
    assert changed.broken == ()
    assert changed.score.benefits <= best.benefits
    by_hand(proposed, swapped(proposed), staff)
    assert find_proposal(2026).by_hand
    publish(proposed, staff)


def test_what_breaks_a_rule_by_hand_can_be_kept_and_not_published(proposed, staff):
    rows = assigned_reviews(find_proposal(2026))
    reciprocal = [
        AssignedReview(
            rows[0].reviewed if each.reviewed == rows[0].reviewer else each.reviewer, each.reviewed, each.outcomes
        )
        if each.reviewed == rows[0].reviewer
        else each
        for each in rows
    ]
    with pytest.raises(InvalidValue):
        by_hand(proposed, reciprocal, staff)
    uncovered = [AssignedReview(each.reviewer, each.reviewed, rows[0].outcomes) for each in rows]
    by_hand(proposed, uncovered, staff)
    with pytest.raises(AllocationBreaksRules):
        publish(proposed, staff)


def test_a_new_version_needs_a_reason_and_the_old_one_stays_readable(proposed, staff):
    first = publish(proposed, staff)
    before = pairs(first)
    one, other = min(before)
    add_conflict(proposed, one, other, NOW)
    propose(proposed, staff)
    with pytest.raises(InvalidValue):
        publish(proposed, staff)
    second = publish(proposed, staff, "They share a practice.")
    assert second.number == 2
    assert (one, other) not in pairs(second)
    assert pairs(find_allocation(2026, 1)) == before


def test_a_row_that_was_tampered_with_is_found_at_the_next_reading(proposed, staff):
    publish(proposed, staff)
    with transaction():
        row = session.scalars(select(ReviewAssignment)).first()
        row.outcomes = [row.outcomes[0], row.outcomes[0], row.outcomes[2]]
    with pytest.raises(DataDamaged):
        find_current_allocation(2026)


def test_two_rings_where_one_is_possible_are_not_published(proposed, staff):
    rows = assigned_reviews(find_proposal(2026))
    ring = view_of_allocation(find_proposal(2026)).weighed.rings[0]
    apart = {
        **dict(zip(ring[:3], (*ring[1:3], ring[0]), strict=True)),
        **dict(zip(ring[3:], (*ring[4:], ring[3]), strict=True)),
    }
    reviewers = {reviewed: reviewer for reviewer, reviewed in apart.items()}
    by_hand(proposed, [AssignedReview(reviewers[each.reviewed], each.reviewed, each.outcomes) for each in rows], staff)
    with pytest.raises(AllocationBreaksRules):
        publish(proposed, staff)


def test_extra_places_are_for_as_many_nominees_as_they_were_agreed_for(cycle, staff):
    nominate(cycle, boards=5)
    repair_and_propose(cycle, 0, current_problem_hash(cycle, MEMORY), staff, NOW, MEMORY)
    nominate(cycle, boards=6)
    assert not any(each.extra for each in build_problem(cycle, MEMORY).sets)
    assert isinstance(propose(cycle, staff), InfeasibilityExplanation)


def test_a_repair_opens_one_part_of_a_decision_and_leaves_the_other(cycle, staff):
    first, second, third, *_rest = (each.cluster.code for each in nominate(cycle))
    add_fixed_decision(cycle, third, first, ["PCMW-01", "ACD-3"], NOW)
    add_fixed_decision(cycle, third, second, [], NOW)
    explanation = propose(cycle, staff)
    opens_first = next(
        number
        for number, each in enumerate(explanation.repairs)
        if each.problem and each.problem.fixed[0].reviewer is None
    )
    repair_and_propose(cycle, opens_first, current_problem_hash(cycle, MEMORY), staff, NOW, MEMORY)
    left = [fixed_review_of(each) for each in list_fixed_decisions(2026)]
    assert [(each.reviewer, each.outcomes) for each in left] == [(None, ("PCMW-01", "ACD-3")), (second, ())]


def test_an_outcome_that_is_fixed_twice_in_one_form_is_fixed_once(cycle, staff):
    first, *_rest = (each.cluster.code for each in nominate(cycle))
    add_fixed_decision(cycle, first, None, ["ACD-3", "ACD-3"], NOW)
    propose(cycle, staff)
    assert problem_of_allocation(find_proposal(2026)).fixed[0].outcomes == ("ACD-3",)


def returned(assignment, staff):
    """Write findings for an assignment as a member of staff, and return its review."""
    review = find_review(2026, assignment.reviewed.code)
    said = {"level": "mature", "heard": "Heard.", "good_practice": "", "suggestion": ""}
    for outcome in assignment.outcomes:
        save_finding(review, Side.REVIEWER, PendingSave(outcome, dict(said), 0, "en"), staff, NOW)
    submission = find_reflection(2026, assignment.reviewed.code).latest
    return_review(review, submission.id, staff, NOW, address=None)
    return assignment.reviewer.code, assignment.reviewed.code


def test_a_returned_review_stays_in_every_later_version_and_so_do_its_nominations(proposed, staff):
    published = publish(proposed, staff)
    pair = returned(published.assignments[0], staff)
    assert is_proposal_current(proposed, published, MEMORY)
    for cluster in pair:
        with pytest.raises(NominationInUse):
            withdraw_nomination(find_reflection(2026, cluster), NOW, address=None)
    submit(find_reflection(2026, pair[1]), seed=5)
    assert isinstance(propose(proposed, staff), Solved)
    again = publish(proposed, staff, "Somebody submitted again.")
    assert pair in pairs(again)
    add_conflict(proposed, *pair, NOW)
    explanation = propose(proposed, staff)
    assert all({*returned_reviews(2026)} <= {*each.problem.fixed} for each in explanation.repairs if each.problem)


def test_the_next_year_repeats_no_pair_and_no_outcome(proposed, staff):
    before = publish(proposed, staff)
    following = open_cycle(2027, date(2027, 4, 1), date(2027, 5, 31))
    nominate(following)
    propose(following, staff)
    after = view_of_allocation(find_proposal(2027))
    assert after.weighed.score.repeats[0] == 0
    assert after.weighed.score.rounds_left == (4, 5)
    assert not pairs(before) & pairs(after.allocation)


@pytest.mark.parametrize("finish", [publish_reports, begin_later])
def test_a_finished_round_takes_no_change_whatever_the_command(proposed, staff, finish):
    first, second, *_rest = (each.cluster.code for each in nominate(proposed))
    add_conflict(proposed, first, second, NOW)
    add_fixed_decision(proposed, first, None, ["ACD-3"], NOW)
    propose(proposed, staff)
    rows, of = assigned_reviews(find_proposal(2026)), current_problem_hash(proposed, MEMORY)
    finish(proposed, staff)
    commands = (
        lambda: nominate(proposed),
        lambda: withdraw_nomination(find_reflection(2026, first), NOW, address=None),
        lambda: add_conflict(proposed, second, first, NOW),
        lambda: remove_conflict(proposed, list_conflicts(2026)[0].id, NOW),
        lambda: add_fixed_decision(proposed, first, second, [], NOW),
        lambda: remove_fixed_decision(proposed, list_fixed_decisions(2026)[0].id, NOW),
        lambda: propose(proposed, staff),
        lambda: repair_and_propose(proposed, 0, of, staff, NOW, MEMORY),
        lambda: by_hand(proposed, rows, staff),
        lambda: discard_proposal(proposed, NOW),
        lambda: publish(proposed, staff),
    )
    for command in commands:
        with pytest.raises(RoundFinished):
            command()
    assert current_problem_hash(proposed, MEMORY) == of
    assert not find_proposal(2026).by_hand


def test_a_later_cycle_that_is_only_planned_finishes_no_round(proposed, staff):
    open_cycle(2027, date(2027, 4, 1), date(2027, 5, 31))
    publish(proposed, staff)
    with pytest.raises(RoundFinished):
        propose_allocation(proposed, staff, NOW.replace(year=2028), MEMORY)  # 2027 has been open


@pytest.mark.parametrize(
    "damage",
    [
        'UPDATE review_assignments SET outcomes = \'["PCMW-01", "PCMW-08", "ACD-1"]\' WHERE id = 1',
        "UPDATE review_assignments SET outcomes = 'null' WHERE id = 2",
        "UPDATE review_assignments SET outcomes = 'no JSON' WHERE id = 3",
        "DELETE FROM review_assignments WHERE id = 4",
        "UPDATE allocations SET problem = '{}'",
        "UPDATE allocations SET problem = 'no JSON'",
    ],
)
def test_a_damaged_year_is_left_out_of_the_history_and_breaks_no_later_round(inside_demo, by_hand, damage):
    cycle = find_cycle(2026)
    assert ({each.year for each in past_reviews(2026)}, damaged_rounds(2026)) == ({2024}, ())
    by_hand(damage)
    session.rollback()  # what was read before is read again
    with pytest.raises(DataDamaged):
        find_current_allocation(2024)
    assert (past_reviews(2026), damaged_rounds(2026)) == ((), (2024,))
    assert build_rotation(cycle, MEMORY).pairs.done == 0
    nominate(cycle, boards=1, submitted=False)  # North Powys, last: the other boards have nominated
    assert isinstance(propose_allocation(cycle, None, NOW, MEMORY), Solved)
    assert reviews_of_cycle_or_none(2024) == {}


def test_an_allotted_review_that_is_gone_keeps_nobody_from_their_start_page(proposed, staff, by_hand):
    publish(proposed, staff)
    by_hand("DELETE FROM reviews WHERE id = 1")
    session.rollback()  # what was read before is read again
    with pytest.raises(DataDamaged):
        reviews_of_cycle(2026)
    for nominee in nominees(proposed):
        assert reviews_of_person(lead_of(nominee)) == []
