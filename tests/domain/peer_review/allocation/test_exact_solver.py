import subprocess
import sys
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from app.domain.peer_review.allocation.exact.exact_solver import in_order, solve_exact
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet
from tests.support import cp_sat_oracle as solver_oracle
from tests.support.brute_force_allocation import best_by_brute_force
from tests.support.random_rounds import random_problem, small_problem

CASES, PARTS = 1000, 4


@pytest.mark.parametrize("part", range(PARTS))
def test_the_allocation_is_the_one_that_trying_every_allocation_finds(part):
    kinds = Counter()
    for case in range(part, CASES, PARTS):
        problem = small_problem(Random(case))
        found, best = solve_exact(problem), best_by_brute_force(problem)
        kinds.update(kinds_of(problem, found))
        assert (found is None) == (best is None), case
        if found:
            assert found.certificate.is_proven, case
            assert (found.certificate.value, as_rows(found)) == best, case
    assert set(kinds) == {3, 4, 5, *["none", "found", "history", "repeated", "fixed", "conflict", "extra", "shared"]}


def kinds_of(problem, found):
    kinds = {
        len(problem.nominees): True,
        "none": found is None,
        "found": found is not None,
        "history": problem.history,
        "repeated": found and found.score.repeats[0],
        "fixed": problem.fixed,
        "conflict": problem.conflicts,
        "extra": any(one.extra for one in problem.sets),
        "shared": not problem.by_board,
    }
    return [kind for kind, holds in kinds.items() if holds]


def as_rows(found):
    return {review.reviewed: (review.reviewer, review.outcomes) for review in found.reviews}


@pytest.mark.oracle
@pytest.mark.parametrize("part", range(2))
def test_no_allocation_of_seven_is_better_by_an_independent_model(part):
    for case in range(part, 60, 2):
        problem = random_problem(Random(case), 7, rounds=case % 6, conflicts=case % 4, fixed=case % 5 == 4)
        found = solve_exact(problem)
        if found is None:
            assert not solver_oracle.is_possible(problem), case
        else:
            assert found.certificate.is_proven, case
            assert solver_oracle.faults(problem, found) == [], case
            assert solver_oracle.better_than(problem, found) is None, case


def test_new_codes_for_the_same_boards_and_clusters_change_nothing_else():
    for case in range(20):
        problem = small_problem(Random(case))
        found, renamed = solve_exact(problem), solve_exact(relabelled(problem))
        if found is None:
            assert renamed is None
        else:
            assert renamed.score == found.score
            assert renamed.rings == tuple(tuple(map(new_code, ring)) for ring in found.rings)
            assert [review.outcomes for review in renamed.reviews] == [review.outcomes for review in found.reviews]


def new_code(code):
    return f"z{code[::-1]}"


def relabelled(problem):
    return replace(
        problem,
        nominees=tuple(replace(one, code=new_code(one.code), board=new_code(one.board)) for one in problem.nominees),
        history=tuple(
            replace(
                past,
                reviewer=new_code(past.reviewer),
                reviewed=new_code(past.reviewed),
                reviewer_board=new_code(past.reviewer_board),
                reviewed_board=new_code(past.reviewed_board),
            )
            for past in problem.history
        ),
        conflicts=tuple((new_code(one), new_code(other)) for one, other in problem.conflicts),
        fixed=tuple(
            replace(one, reviewed=new_code(one.reviewed), reviewer=one.reviewer and new_code(one.reviewer))
            for one in problem.fixed
        ),
    )


def test_one_more_conflict_never_makes_an_allocation_better():
    for case in range(12):
        rng = Random(case)
        problem = random_problem(rng, 7, rounds=case % 4)
        narrower = replace(problem, conflicts=(tuple(rng.sample([one.code for one in problem.nominees], 2)),))
        assert in_order(solve_exact(narrower).score) <= in_order(solve_exact(problem).score)


PRINT = """
from random import Random
from app.domain.peer_review.allocation.exact.exact_solver import solve_exact
from tests.support.random_rounds import random_problem
print(solve_exact(random_problem(Random(7), 7, rounds=2)))
"""


def test_the_same_problem_has_the_same_allocation_in_any_process():
    said = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert said.pop().decode().strip() == str(solve_exact(random_problem(Random(7), 7, rounds=2)))


def test_another_seed_may_draw_another_of_the_equally_good_allocations():
    problem = random_problem(Random(1), 4, sets=(OutcomeSet("one", ("a", "b", "c", "d"), 1),))
    alike = replace(problem, nominees=tuple(replace(one, levels={}, wishes=()) for one in problem.nominees))
    drawn = {str(as_rows(solve_exact(replace(alike, seed=seed)))) for seed in range(10)}
    assert len(drawn) > 5


def test_too_few_places_for_the_outcomes_have_no_allocation():
    assert solve_exact(random_problem(Random(0), 6)) is None


def test_one_nominee_or_none_has_no_allocation():
    assert solve_exact(random_problem(Random(0), 1)) is None
    assert solve_exact(random_problem(Random(0), 0)) is None


def test_two_nominees_review_each_other():
    sets = (OutcomeSet("one", ("a", "b", "c"), 1, extra=1),)
    found = solve_exact(AllocationProblem(2030, (Nominee("first", "x"), Nominee("second", "y")), sets))
    assert found.rings == (("first", "second"),)


def test_rings_are_as_few_as_conflicts_leave_them():
    problem = random_problem(Random(3), 6, sets=(OutcomeSet("one", ("a", "b"), 1),))
    codes = [one.code for one in problem.nominees]
    apart = replace(problem, conflicts=tuple((one, other) for one in codes[:3] for other in codes[3:]))
    found = solve_exact(apart)
    assert sorted(map(len, found.rings)) == [3, 3]
    assert found.certificate.is_proven


def test_decisions_that_contradict_each_other_have_no_allocation():
    problem = random_problem(Random(3), 7)
    fixed = tuple(FixedReview("cluster-0", reviewer) for reviewer in ("cluster-1", "cluster-2"))
    assert solve_exact(replace(problem, fixed=fixed)) is None


@pytest.mark.parametrize("nominees", [3, 4, 5, 6, 8])
def test_rounds_of_other_sizes_are_proven_too_with_the_repair_that_they_need(nominees):
    sets = tuple(
        replace(one, extra=max(0, len(one.outcomes) - nominees * one.each)) for one in random_problem(Random(0), 3).sets
    )
    found = solve_exact(random_problem(Random(nominees), nominees, sets=sets, rounds=1))
    assert found.certificate.is_proven
