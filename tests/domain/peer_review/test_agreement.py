"""The agreement of clusters and peers adds up, equals a second computation, and is None without data."""

from itertools import chain
from math import atanh, isclose, tanh

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from app.domain.peer_review.agreement import Direction, LevelPair, agreement
from app.domain.statistics.kappa import STUDENT_T, interval, weighted_kappa
from app.domain.survey.levels import Level

LEVELS = st.sampled_from([*Level, None])
PAIRS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=30)
ROUNDS = st.lists(st.lists(st.tuples(LEVELS, LEVELS), max_size=4), max_size=9)

ANXIETY = (
    (3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4),
    (2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2),
)


def compared(reviews) -> list[LevelPair]:
    return [
        LevelPair(f"review-{number}", f"outcome-{place}", own, peer)
        for number, review in enumerate(reviews)
        for place, (own, peer) in enumerate(review)
    ]


def concordance(pairs) -> float:
    """Return Lin's concordance from moments, which equals quadratic-weighted kappa; needs no table of agreement."""
    ones, others = zip(*pairs, strict=True)
    n, mean, other_mean = len(pairs), sum(ones) / len(ones), sum(others) / len(others)
    together = sum((one - mean) * (other - other_mean) for one, other in pairs) / n
    apart = sum((one - mean) ** 2 for one in ones) / n + sum((other - other_mean) ** 2 for other in others) / n
    return 2 * together / (apart + (mean - other_mean) ** 2)


@given(ROUNDS)
def test_the_counts_add_up_to_what_was_looked_at(reviews):
    listed = compared(reviews)
    counts = agreement(listed).counts
    assert counts.same + counts.one_apart + counts.two_apart == counts.comparable
    assert counts.higher + counts.lower == counts.one_apart + counts.two_apart
    assert counts.comparable + counts.not_comparable == counts.total == len(listed)
    assert counts.two_apart == sum({each.own, each.peer} == {Level.FOUNDATION, Level.MATURE} for each in listed)
    assert counts.higher == sum((each.peer or 0) > (each.own or 9) for each in listed)


@pytest.mark.parametrize(
    ("own", "peer", "direction", "steps"),
    [
        (Level.FOUNDATION, Level.MATURE, Direction.HIGHER, 2),
        (Level.MATURE, Level.DEVELOPING, Direction.LOWER, 1),
        (Level.MATURE, Level.MATURE, Direction.SAME, 0),
        (None, Level.MATURE, None, None),
        (Level.MATURE, None, None, None),
    ],
)
def test_the_direction_is_that_of_the_peers_and_not_able_to_say_has_none(own, peer, direction, steps):
    found = LevelPair("r", "o", own, peer)
    assert (found.direction, found.steps) == (direction, steps)


def test_kappa_is_that_of_the_published_example():
    """Data set `anxiety` of the R package irr: raters 2 and 3, squared weights; nobody gave 5, so irr counts 6 as 5."""
    first, second = ([5 if rating == 6 else rating for rating in rater] for rater in (ANXIETY[0], ANXIETY[1]))
    assert float(weighted_kappa(zip(first, second, strict=True))) == pytest.approx(0.2520325, abs=5e-8)


@given(PAIRS)
def test_kappa_equals_lins_concordance_or_is_silent_when_one_side_never_varied(pairs):
    kappa = weighted_kappa(pairs)
    if any(len(set(side)) == 1 for side in zip(*pairs, strict=True)):
        assert kappa is None
    else:
        assert isclose(kappa, concordance(pairs), abs_tol=1e-12)
        assert -1 <= kappa <= 1
        assert kappa == weighted_kappa([(other, one) for one, other in pairs])
        assert kappa == weighted_kappa([(4 - one, 4 - other) for one, other in pairs])
        assert (kappa == 1) == all(one == other for one, other in pairs)


@given(st.lists(PAIRS, min_size=2, max_size=8))
def test_the_interval_equals_a_second_computation_and_holds_kappa(groups):
    found = interval(groups)
    assume(found)
    kappa = concordance(list(chain(*groups)))
    scale = [atanh(concordance(list(chain(*groups[:at], *groups[at + 1 :])))) for at in range(len(groups))]
    expected = stats.t.interval(0.95, len(groups) - 1, atanh(kappa), (len(groups) - 1) * stats.sem(scale))
    assert found == pytest.approx([tanh(end) for end in expected], abs=2e-4)
    assert -1 <= found[0] <= kappa <= found[1] <= 1


def test_students_t_is_that_of_the_tables():
    assert [round(stats.t.ppf(0.975, degrees), 3) for degrees in range(1, 31)] == list(STUDENT_T)


@given(ROUNDS, st.randoms())
def test_the_order_of_the_reviews_changes_nothing(reviews, shuffler):
    before = agreement(compared(reviews))
    listed = compared(reviews)
    shuffler.shuffle(listed)
    after = agreement(listed)
    assert (after.counts, after.kappa.value) == (before.counts, before.kappa.value)
    assert after.kappa.interval == (before.kappa.interval and pytest.approx(before.kappa.interval))


@pytest.mark.parametrize(
    ("reviews", "reason"),
    [
        ([], "no-pairs"),
        ([[(None, Level.MATURE)], [(Level.MATURE, None)]], "no-pairs"),
        ([[(Level.MATURE, Level.MATURE)] * 3] * 7, "no-variation"),
        ([[(Level.MATURE, Level.MATURE), (Level.MATURE, Level.DEVELOPING)]] * 7, "no-variation"),
    ],
)
def test_where_nothing_varies_there_is_no_kappa_but_a_reason(reviews, reason):
    kappa = agreement(compared(reviews)).kappa
    assert (kappa.value, kappa.interval, kappa.why_none) == (None, None, reason)


def test_full_agreement_has_no_interval_that_would_claim_certainty():
    kappa = agreement(compared([[(level, level) for level in Level]] * 7)).kappa
    assert (kappa.value, kappa.interval, kappa.why_none) == (1.0, None, None)
    assert (kappa.pairs, kappa.reviews) == (21, 7)


def test_one_review_that_carries_all_variation_gives_no_interval():
    alone = [[(level, level) for level in Level], *[[(Level.MATURE, Level.MATURE)]] * 4]
    assert agreement(compared(alone)).kappa.interval is None
