"""An infeasible round: the conflict contradicts itself, no constraint in it can be left out, the repairs work."""

import random
from dataclasses import replace
from itertools import combinations, permutations

import pytest

from app.domain.peer_review.allocation.infeasibility.explain import explain, is_possible
from app.domain.peer_review.allocation.lagrangian.lagrangian_solver import solve_large
from app.domain.peer_review.allocation.problem import AllocationProblem, FixedReview, Nominee, OutcomeSet
from tests.support.allocation_by_hand import Model
from tests.support.example_rounds import random_round

SETS = (OutcomeSet("pcmw", ("p1", "p2", "p3"), 1), OutcomeSet("acd", ("a1", "a2"), 1))


def pairs_can_hold(problem, clauses):
    """Return whether a pairing keeps these constraints, by trying every pairing."""
    codes = [nominee.code for nominee in problem.nominees]
    for chosen in permutations([*codes, *[None] * len(codes)], len(codes)):
        pairs = {(i, j) for i, j in zip(codes, chosen, strict=True) if j is not None}
        if all(i != j for i, j in pairs) and all(_holds(clause, pairs, codes) for clause in clauses):
            return True
    return False


def _holds(clause, pairs, codes):
    match clause.code:
        case "everybody-reviews":
            return set(clause.clusters or codes) <= {i for i, _ in pairs}
        case "everybody-is-reviewed":
            return set(clause.clusters or codes) <= {j for _, j in pairs}
        case "not-in-return":
            return not any((j, i) in pairs for i, j in pairs)
        case "own-board" | "conflict":
            return not any({i, j} <= set(clause.clusters) for i, j in pairs)
        case "fixed-pair":
            return clause.clusters in pairs
    raise AssertionError(clause.code)


def possible(problem):
    """Return whether there is an allocation, by the integer program that also checks the Lagrangian solver."""
    return len(problem.nominees) > 1 and Model(problem).least({}) is not None


def small_round(rng):
    """Return a problem with few clusters and so many constraints that most have no solution; none about outcomes."""
    size = rng.randint(2, 4)
    codes = [f"c{number}" for number in range(size)]
    nominees = tuple(Nominee(code, f"b{rng.randrange(size)}") for code in codes)
    conflicts = tuple(rng.sample(codes, 2) for _ in range(rng.randint(0, 2)))
    fixed = tuple(FixedReview(j, i) for i, j in (rng.sample(codes, 2) for _ in range(rng.randint(0, 2))))
    sets = (OutcomeSet("pcmw", ("p1", "p2"), 1),)
    return AllocationProblem(2026, nominees, sets, (), tuple(map(tuple, conflicts)), fixed)


def changed(problem, repair):
    """Return how much a repair changes."""
    return sum(change.numbers.get("more", 1) for change in repair.changes)


def test_a_contradiction_of_pairs_is_one_and_nothing_in_it_is_too_much():
    rng, seen = random.Random(1), set()
    for _ in range(40):
        problem = small_round(rng)
        explanation = explain(problem)
        if possible(problem):
            assert (explanation.conflict, explanation.repairs) == ((), ())
            continue
        conflict = explanation.conflict
        assert not pairs_can_hold(problem, conflict)
        for fewer in combinations(conflict, len(conflict) - 1):
            assert pairs_can_hold(problem, fewer)
        seen |= {clause.code for clause in conflict}
    assert seen >= {"own-board", "conflict", "fixed-pair", "not-in-return"}


def test_a_repair_of_pairs_repairs_and_none_is_smaller():
    rng, repaired = random.Random(2), 0
    for _ in range(40):
        problem = small_round(rng)
        if possible(problem):
            continue
        for repair in explain(problem).repairs:
            if repair.problem is None:
                bare = replace(problem, conflicts=(), fixed=())
                assert not possible(bare)
                continue
            repaired += 1
            assert possible(repair.problem)
            assert not any(possible(fewer) for fewer in _with_less(problem, len(repair.changes) - 1))
    assert repaired > 10


def _with_less(problem, drops):
    """Yield the problem without `drops` conflicts and fixed pairs; equal ones count once."""
    conflicts = sorted({tuple(sorted(pair)) for pair in problem.conflicts})
    fixed = sorted({(each.reviewer, each.reviewed) for each in problem.fixed})
    for gone in combinations([*conflicts, *(("fixed", *pair) for pair in fixed)], drops):
        yield replace(
            problem,
            conflicts=tuple(pair for pair in problem.conflicts if tuple(sorted(pair)) not in gone),
            fixed=tuple(each for each in problem.fixed if ("fixed", each.reviewer, each.reviewed) not in gone),
        )


def test_a_repair_of_outcomes_repairs_and_none_is_smaller():
    rng, repaired = random.Random(3), 0
    for _ in range(25):
        problem = random_round(rng, rng.choice((3, 4)), sets=SETS, conflicts=0, rounds=0)
        problem = replace(problem, fixed=tuple(_fixed_outcomes(rng, problem) for _ in range(4)))
        if possible(problem):
            assert is_possible(problem)
            continue
        for repair in explain(problem).repairs:
            repaired += 1
            assert possible(repair.problem)
            assert not any(possible(fewer) for fewer in _with_fewer_changes(problem, changed(problem, repair) - 1))
    assert repaired > 5


def _fixed_outcomes(rng, problem):
    return FixedReview(rng.choice(problem.nominees).code, None, (rng.choice(problem.outcomes),))


def _with_fewer_changes(problem, changes):
    decisions = sorted({(each.reviewed, each.outcomes[0]) for each in problem.fixed})
    for extra in range(changes + 1):
        for first in range(extra + 1):
            more = zip(problem.sets, (first, extra - first), strict=True)
            sets = tuple(replace(each, extra=each.extra + plus) for each, plus in more)
            for gone in combinations(decisions, min(changes - extra, len(decisions))):
                kept = tuple(each for each in problem.fixed if (each.reviewed, each.outcomes[0]) not in gone)
                yield replace(problem, sets=sets, fixed=kept)


@pytest.mark.parametrize(("boards", "more"), [(6, (1, 1)), (5, (3, 2))])
def test_where_boards_withdraw_a_few_reviews_take_one_outcome_more(boards, more):
    explanation = explain(random_round(random.Random(4), boards, conflicts=0))
    assert {clause.code for clause in (*explanation.conflict, *explanation.further)} == {"places", "coverage"}
    (repair,) = explanation.repairs
    assert tuple(change.numbers["more"] for change in repair.changes) == more
    assert tuple(each.extra for each in repair.problem.sets) == more
    assert possible(repair.problem)


@pytest.mark.parametrize(("boards", "more"), [((), 2), (("a",), 1), (("a", "a"), 2), (("a", "a", "b"), 1)])
def test_where_there_are_too_few_boards_it_is_said_how_many_to_nominate(boards, more):
    nominees = tuple(Nominee(f"c{number}", board) for number, board in enumerate(boards))
    problem = AllocationProblem(2026, nominees, (OutcomeSet("pcmw", ("p1",), 1),))
    (repair,) = explain(problem).repairs
    assert repair.problem is None
    (change,) = repair.changes
    assert change.numbers["more"] == more
    others = tuple(Nominee(f"d{number}", f"other {number}") for number in range(more))
    assert possible(replace(problem, nominees=nominees + others))


def test_pairs_and_outcomes_that_both_contradict_are_both_told_and_repaired():
    problem = random_round(random.Random(5), 6, conflicts=0)
    problem = replace(problem, fixed=(FixedReview("c1", "c2"), FixedReview("c1", "c3")))
    explanation = explain(problem)
    codes = [{clause.code for clause in part} for part in (explanation.conflict, explanation.further)]
    assert sorted(codes, key=sorted) == [{"coverage", "places"}, {"fixed-pair"}]
    assert all(possible(repair.problem) for repair in explanation.repairs)


def test_a_large_round_is_explained_and_its_repair_can_be_allocated():
    problem = replace(random_round(random.Random(6), 40, conflicts=30), fixed=())
    alone = problem.nominees[0].code
    everybody = tuple((alone, other.code) for other in problem.nominees[1:] if other.board != problem.nominees[0].board)
    problem = replace(problem, conflicts=everybody)
    assert solve_large(problem) is None
    explanation = explain(problem)
    assert len([clause for clause in explanation.conflict if clause.code == "conflict"]) >= len(everybody) - 1
    repair = explanation.repairs[0]
    assert len(repair.changes) == 2
    assert solve_large(repair.problem).certificate.is_proven
