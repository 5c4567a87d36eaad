"""Every combination of published sets is searched for a set that is too small."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure.differencing import given_away, is_safe

CLUSTERS = "abcdef"
sets = st.lists(st.frozensets(st.sampled_from(CLUSTERS), min_size=1), min_size=1, max_size=5)


def follows(some: tuple[str, ...], others: tuple[str, ...], published: list[frozenset[str]]) -> bool:
    """Return whether a linear combination of the published sets equals `some` less `others`, by least squares."""
    columns = np.array([[float(cluster in each) for each in published] for cluster in CLUSTERS])
    wanted = np.array([float(cluster in some) - float(cluster in others) for cluster in CLUSTERS])
    best = np.linalg.lstsq(columns, wanted, rcond=None)[0]
    return bool(np.allclose(columns @ best, wanted, atol=1e-9))


@settings(max_examples=60)
@given(sets, st.integers(2, 4))
def test_few_clusters_less_few_others_are_found_exactly_when_they_follow(published, minimum):
    small = [chosen for size in range(minimum) for chosen in combinations(CLUSTERS, size)]
    pairs = [
        (some, others)
        for some in small[1:]
        for others in small
        if not set(some) & set(others) and len(some) + len(others) < minimum
    ]
    found = given_away(published, minimum)
    following = [{*some, *others} for some, others in pairs if follows(some, others, published)]
    assert (found is not None) == bool(following)
    assert found is None or set(found) in following


def test_clusters_that_changed_their_answers_between_two_versions_are_found_while_they_are_few():
    first = frozenset(f"{cluster}@1" for cluster in "abcdefgh")
    for changed in range(1, 6):
        later = frozenset(f"{each}@{2 if each in 'abcdefgh'[:changed] else 1}" for each in "abcdefgh")
        assert given_away([first, later], 4) == ((first ^ later) if changed < 4 else None)


def test_what_follows_for_an_insider_alone_is_found():
    wales, board = frozenset("abcdef"), frozenset("abc")
    assert is_safe([wales, board], 3)
    assert not is_safe([wales, board], 3, insiders=[frozenset("de")])
