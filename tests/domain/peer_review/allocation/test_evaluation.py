from dataclasses import replace
from random import Random

from app.domain.peer_review.allocation.evaluation import evaluate
from app.domain.peer_review.allocation.exact.exact_solver import solve_exact
from app.domain.peer_review.allocation.problem import FixedReview
from app.domain.peer_review.allocation.result import AssignedReview
from tests.support.random_rounds import random_problem

PROBLEM = random_problem(Random(5), 7, rounds=2)
BEST = solve_exact(PROBLEM)


def codes_of(weighed):
    return {clause.code for clause in weighed.broken}


def test_what_the_solver_found_breaks_nothing_and_is_worth_what_it_said():
    weighed = evaluate(PROBLEM, BEST.reviews)
    assert (weighed.reviews, weighed.score, weighed.broken, weighed.repeated) == (BEST.reviews, BEST.score, (), ())


def test_allocations_of_small_rounds_break_nothing_either():
    from tests.support.random_rounds import small_problem

    for case in range(60):
        problem = small_problem(Random(case))
        found = solve_exact(problem)
        if found:
            weighed = evaluate(problem, found.reviews)
            assert (weighed.broken, weighed.score) == ((), found.score), case
            assert len(weighed.repeated) == found.score.repeats[0]


def test_reviewers_that_change_places_are_weighed_again():
    first, second, *rest = BEST.reviews
    moved = (replace(first, reviewer=second.reviewer), replace(second, reviewer=first.reviewer), *rest)
    weighed = evaluate(PROBLEM, moved)
    assert weighed.score.benefits != BEST.score.benefits or weighed.broken or weighed.repeated


def test_each_hard_rule_that_is_broken_is_named():
    first, second, *rest = BEST.reviews
    own = replace(first, reviewer=first.reviewed)
    assert codes_of(evaluate(PROBLEM, (own, second, *rest))) >= {"itself", "reviews"}
    assert codes_of(evaluate(PROBLEM, rest)) >= {"reviews", "reviewed", "not-covered", "size"}
    back = next(one for one in BEST.reviews if one.reviewed == first.reviewer)
    turned = [replace(one, reviewer=first.reviewed) if one is back else one for one in BEST.reviews]
    assert "reciprocal" in codes_of(evaluate(PROBLEM, turned))
    twice = replace(first, outcomes=(first.outcomes[0],) * 2 + first.outcomes[2:])
    assert codes_of(evaluate(PROBLEM, (twice, second, *rest))) >= {"twice-in-review", "size"}
    conflict = replace(PROBLEM, conflicts=((first.reviewed, first.reviewer),))
    assert codes_of(evaluate(conflict, BEST.reviews)) == {"conflict"}
    unlike = next(one.code for one in PROBLEM.nominees if one.code not in (first.reviewer, first.reviewed))
    fixed = replace(PROBLEM, fixed=(FixedReview(first.reviewed, unlike),))
    assert codes_of(evaluate(fixed, BEST.reviews)) == {"fixed"}
    boards = replace(PROBLEM, nominees=tuple(replace(one, board="one") for one in PROBLEM.nominees))
    assert codes_of(evaluate(boards, BEST.reviews)) == {"own-board"}


def test_two_rings_are_named_where_one_is_possible():
    codes = [one.code for one in PROBLEM.nominees]
    rings = (codes[:3], codes[3:])
    shares = [one.outcomes for one in BEST.reviews]
    reviews = [AssignedReview(ring[at - 1], code, shares.pop()) for ring in rings for at, code in enumerate(ring)]
    assert codes_of(evaluate(PROBLEM, reviews)) == {"several-rings"}


def test_last_years_pair_is_named_with_its_year():
    past = next(one for one in PROBLEM.history if one.year == 2029)
    review = AssignedReview(past.reviewer, past.reviewed, past.outcomes)
    said = {(clause.code, clause.numbers["year"]) for clause in evaluate(PROBLEM, (review,)).repeated}
    assert said == {("pair-repeated", 2029), ("outcome-repeated", 2029)}


def test_odd_reviews_are_weighed_too():
    odd = (AssignedReview("nobody", "no-one", ("nothing",)), AssignedReview("cluster-0", "cluster-0", ()))
    assert codes_of(evaluate(PROBLEM, odd)) >= {"not-a-nominee", "not-an-outcome", "itself"}
    assert evaluate(PROBLEM, ()).score.benefits == (0,) * 7
    assert evaluate(replace(PROBLEM, nominees=()), ()).score.benefits == ()
