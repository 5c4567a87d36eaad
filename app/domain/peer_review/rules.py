"""The number of peer review: how many outcomes a cluster may wish for. How many a review looks at, its survey says."""

SEARCH_WORK_LIMIT = 20
"""Seconds of processor time for the search of an allocation: somebody waits for it."""

MOST_WISHES = 5
"""Outcomes that a cluster may wish to have reviewed: with more, wishes would say little."""
