"""Sums and differences of published sets are searched completely for a set that is too small."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure import given_away, is_safe

CLUSTERS = "abcdefg"
sets = st.lists(st.frozensets(st.sampled_from(CLUSTERS), min_size=1), min_size=1, max_size=5)


def follows(small: tuple[str, ...], published: list[frozenset[str]]) -> bool:
    """Whether some combination of the published sets is this one, by least squares."""
    columns = np.array([[float(cluster in each) for each in published] for cluster in CLUSTERS])
    wanted = np.array([float(cluster in small) for cluster in CLUSTERS])
    best = np.linalg.lstsq(columns, wanted, rcond=None)[0]
    return bool(np.allclose(columns @ best, wanted, atol=1e-9))


@settings(max_examples=150, deadline=None)
@given(sets, st.integers(2, 6))
def test_a_small_set_is_found_exactly_when_one_follows(published, minimum):
    small = [chosen for size in range(1, minimum) for chosen in combinations(CLUSTERS, size)]
    found = given_away(published, minimum)
    assert (found is not None) == any(follows(chosen, published) for chosen in small)
    if found:
        assert 1 <= len(found) < minimum
        assert follows(tuple(found), published)


def test_what_follows_for_an_insider_alone_is_found():
    wales, board = frozenset("abcdefg"), frozenset("abc")
    assert is_safe([wales, board], 3)
    assert not is_safe([wales, board], 3, insiders=[frozenset("defg") - {"g"}])
