from dataclasses import replace
from functools import cache
from itertools import permutations
from random import Random

import pytest

from app.domain.peer_review.allocation.exact.exact_solver import solve_exact
from app.domain.peer_review.allocation.hamiltonian_cycles import bits, can_go_through, rounds_through
from app.domain.peer_review.allocation.load_limits import span
from app.domain.peer_review.allocation.problem import OutcomeSet, PastReview
from app.domain.peer_review.allocation.rotation import RotationPeriod, rotation
from app.domain.peer_review.allocation.rotation_status import rotation_map
from tests.support.random_rounds import NATIONAL, random_problem

WHOLE = frozenset(permutations(range(7), 2))


@pytest.mark.parametrize(("seed", "memory"), [(1, 1), (2, 2), (1, 3), (2, 3), (3, 3), (3, 6)])
def test_in_six_rounds_all_pairs_meet_and_in_seven_all_outcomes_are_looked_at(seed, memory):
    rng, history, pairs, looked_at = Random(seed), [], set(), set()
    for year in range(2030, 2037):
        problem = replace(random_problem(rng, 7, year=year, memory=memory), history=tuple(history))
        found = solve_exact(problem)
        boards = {one.code: one.board for one in problem.nominees}
        for review in found.reviews:
            pair = (boards[review.reviewer], boards[review.reviewed])
            history.append(PastReview(year, review.reviewer, pair[0], review.reviewed, pair[1], review.outcomes))
            if year < 2036:
                pairs.add(pair)
            looked_at |= {(pair[1], outcome) for outcome in review.outcomes}
        if year < 2036:
            standing = rotation_map(replace(problem, year=year + 1, history=tuple(history)))
            assert standing.outcomes.is_on_course
            assert standing.pairs.is_on_course
    assert len(pairs) == 42
    assert len(looked_at) == 7 * 20


def test_a_ring_without_repeats_can_be_a_trap_that_is_avoided():
    problem, trap = trapped()
    found = solve_exact(problem)
    assert found.score.repeats[0] == 0
    assert found.score.rounds_left[0] == 2
    taken = {(int(one.reviewer[-1]), int(one.reviewed[-1])) for one in found.reviews}
    assert taken != trap
    left = {(standing, other) for standing, other in rotation(problem).pairs} - trap
    assert not can_go_through(bits(left, 7), 2, 7)


def trapped():
    """Return a history of three rounds after which some ring of new pairs leaves pairs that two rings cannot cover."""
    for seed in range(1000):
        rng, left = Random(seed), set(WHOLE)
        rounds = []
        for _ in range(3):
            ring = rng.choice([ring for ring in rings() if ring <= left])
            rounds.append(ring)
            left -= ring
            if not any(ring <= left for ring in rings()):
                break
        after = [ring for ring in rings() if ring <= left]
        lost = [ring for ring in after if rounds_through(bits(left - ring, 7), 7) > 2]
        if len(rounds) == 3 and lost and len(lost) < len(after):
            problem = random_problem(Random(seed), 7)
            history = tuple(
                PastReview(2027 + at, f"cluster-{one}", f"board-{one}", f"cluster-{other}", f"board-{other}", ())
                for at, ring in enumerate(rounds)
                for one, other in ring
            )
            return replace(problem, history=history), lost[0]
    raise AssertionError("no trap found")


@cache
def rings():
    return [frozenset(zip((0, *rest), (*rest, 0), strict=True)) for rest in permutations(range(1, 7))]


@pytest.mark.parametrize(("boards", "rounds"), [(3, 2), (4, 4), (5, 4), (6, 6), (7, 6)])
def test_a_whole_lap_of_pairs_takes_a_round_less_than_there_are_boards_but_not_of_four_or_six(boards, rounds):
    assert rounds_through(bits(permutations(range(boards), 2), boards), boards) == rounds


def test_a_ring_twice_takes_the_lap_off_course():
    problem = random_problem(Random(0), 7, rounds=1)
    again = tuple(replace(past, year=2028) for past in problem.history)
    standing = rotation_map(replace(problem, history=problem.history + again))
    assert not standing.pairs.is_on_course
    assert (standing.pairs.done, standing.pairs.needed, standing.pairs.whole) == (2, 5, 6)
    assert rotation_map(problem).pairs.is_on_course


def test_the_map_says_when_a_board_reviewed_another_and_was_looked_at():
    problem = random_problem(Random(0), 7, rounds=1)
    past = problem.history[0]
    boards = {one.board: one for one in rotation_map(problem).boards}
    reviewer, reviewed = boards[past.reviewer_board], boards[past.reviewed_board]
    assert {other: year for other, year in reviewer.reviewed.items() if year} == {past.reviewed_board: 2029}
    assert {one for one, year in reviewed.looked_at.items() if year} == set(past.outcomes)


def test_boards_that_nominate_twice_have_no_map():
    assert rotation_map(random_problem(Random(0), 7, boards=6)) is None


def test_the_counts_of_a_lap_say_exactly_how_many_rounds_it_takes():
    said = set()
    for case in range(150):
        rng = Random(case)
        boards = 3
        each = rng.randint(1, 2)
        outcomes = rng.randint(max(each, boards * each // 2 + 1), boards * each)
        one = span(OutcomeSet("one", tuple(map(str, range(outcomes))), each), 0, boards)
        chance = rng.random()
        lap = RotationPeriod(
            one, tuple(sum((rng.random() < chance) << at for at in range(outcomes)) for _ in range(boards))
        )
        rounds = lap.rounds
        if rounds <= 2:
            assert can_end(lap, rounds)
        assert not rounds or not can_end(lap, min(2, rounds - 1))
        said.add(rounds)
    assert said >= {1, 2, 3}


def can_end(lap, rounds):
    """Return whether the rotation period can end in so many rounds, by trying every round."""
    deals = list(rounds_of(lap.span, len(lap.left)))
    waiting = {lap.left}
    for _ in range(rounds):
        waiting = {
            tuple(left & ~share for left, share in zip(one, deal, strict=True)) for one in waiting for deal in deals
        }
    return (0,) * len(lap.left) in waiting


def rounds_of(one, boards, begun=()):
    """Yield every possible round: outcomes for each board, each outcome as often as it may be reviewed."""
    if len(begun) == boards:
        if all(one.least <= sum(share >> at & 1 for share in begun) for at in one.positions):
            yield begun
        return
    for share in range(1 << one.size):
        taken = (*begun, share)
        few = all(sum(share >> at & 1 for share in taken) <= one.most for at in one.positions)
        if share.bit_count() == one.few and few:
            yield from rounds_of(one, boards, taken)


def test_seven_boards_have_the_whole_lap_before_them_at_first():
    standing = rotation_map(random_problem(Random(0), 7, sets=NATIONAL))
    assert (standing.pairs.needed, standing.outcomes.needed) == (6, 7)
    assert (standing.pairs.done, standing.outcomes.done) == (0, 0)
