"""The bounds that clusters without a submission leave; no estimates."""

from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from app.domain.statistics.bounds import bounds, median_bounds
from app.domain.statistics.distribution import Distribution
from app.domain.survey.levels import Level

counts = st.integers(0, 5)
distributions = st.builds(Distribution, counts, counts, counts, counts)


@given(distributions, st.integers(0, 4))
def test_the_bounds_are_the_least_and_the_most_over_every_answer_the_silent_could_have_given(counted, silent):
    clusters = counted.given + counted.unable + silent
    possible = [
        Distribution(*(counted.count(level) + said.count(level) for level in Level), unable=counted.unable)
        for said in combinations_with_replacement(list(Level), silent)
    ]
    for level in Level:
        found = bounds(counted, level, silent=silent, clusters=clusters)
        assert found.most == max(each.count(level) for each in possible)
        assert found.least <= min(each.count(level) for each in possible)
        assert found.clusters == clusters
    medians = [each.median() for each in possible if each.median()]
    expected = (min(low for low, _high in medians), max(high for _low, high in medians)) if medians else None
    assert median_bounds(counted, silent=silent) == expected
