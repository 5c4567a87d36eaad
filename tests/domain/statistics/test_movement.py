"""Movement counts each cluster that answered both times once, by the order of the levels."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.schema import LEVELS, UNABLE

from app.domain.statistics.distribution import Distribution
from app.domain.statistics.movement import Movement, Step, step

answered = st.sampled_from([*LEVELS, UNABLE])
pairs = st.lists(st.tuples(answered, answered), max_size=60)


@given(pairs)
def test_every_count_equals_a_recount(given_pairs):
    movement = Movement.of(given_pairs)
    levels = [(LEVELS.index(a), LEVELS.index(b)) for a, b in given_pairs if UNABLE not in (a, b)]
    assert movement.both == len(given_pairs)
    assert movement.compared == len(levels)
    assert movement.not_comparable == len(given_pairs) - len(levels)
    assert movement.up == len([1 for before, now in levels if now > before])
    assert movement.same == len([1 for before, now in levels if now == before])
    assert movement.down == len([1 for before, now in levels if now < before])
    assert all(number == given_pairs.count(pair) for pair, number in movement.table.items())
    assert len(movement.table) == 16


@given(pairs)
def test_the_margins_of_the_table_are_the_levels_before_and_now(given_pairs):
    movement = Movement.of(iter(given_pairs))
    assert movement.before == Distribution.of(before for before, _now in given_pairs)
    assert movement.now == Distribution.of(now for _before, now in given_pairs)


@given(pairs)
def test_to_look_back_turns_up_into_down(given_pairs):
    there, back = Movement.of(given_pairs), Movement.of((now, before) for before, now in given_pairs)
    assert (there.up, there.same, there.not_comparable) == (back.down, back.same, back.not_comparable)


def test_not_able_to_say_is_no_level_and_neither_above_nor_below_one():
    assert step(UNABLE, UNABLE) is step("foundation", UNABLE) is step(UNABLE, "mature") is Step.NOT_COMPARABLE
    assert step("foundation", "mature") is Step.UP
    assert step("mature", "developing") is Step.DOWN


def test_a_blank_answer_is_not_counted():
    assert Movement.of([("", "mature"), ("mature", ""), ("", "")]).both == 0
