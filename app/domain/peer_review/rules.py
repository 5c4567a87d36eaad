"""Limits of peer review: outcomes in a review, wishes of a cluster."""

SEARCH_WORK_LIMIT = 20
"""Seconds of processor time for the search of an allocation: somebody waits for it."""

MOST_WISHES = 5
"""The most outcomes that a cluster may wish to have reviewed, so that wishes still express a preference."""
